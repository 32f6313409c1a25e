import 'server-only';
import ipaddr from 'ipaddr.js';

/**
 * Whom a limit by network address counts: one IPv4 address, or a whole /64 of IPv6, which a single subscriber gets and can walk through. What is no address
 * stays as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const parts = (parsed as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${parts.join(':')}::/64`;
}
