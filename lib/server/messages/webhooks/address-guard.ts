import 'server-only';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Public addresses that answer to the machine itself or its cloud, not to the internet: Azure's platform service
 * (learn.microsoft.com, “What is IP address 168.63.129.16?”). Other clouds' metadata is link-local, unique-local or carrier-grade NAT.
 */
const alsoInternal = ['168.63.129.16/32', '::/96'].map((text) => ipaddr.parseCIDR(text));

type Range = ReturnType<typeof ipaddr.parseCIDR>;

function rangeOf(text: string): Range {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const address = ipaddr.process(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

const within = (address: ReturnType<typeof ipaddr.parse>, [network, bits]: Range) =>
  address.kind() === network.kind() && address.match(network, bits);

/**
 * Whether the dashboard may connect to an address that somebody else chose. Only plain unicast addresses of the internet, and what the
 * settings allow by name: not this machine, its networks or its cloud's metadata. IPv4 in IPv6 clothes counts as the IPv4 that it is.
 *
 * @param allowed addresses and ranges
 */
export function mayConnect(text: string, allowed: readonly string[]): boolean {
  // Short forms are read differently by different programs; a zone names an interface of this machine.
  if (isIP(text) === 0 || text.includes('%')) return false;
  const address = ipaddr.process(text);
  if (allowed.some((each) => within(address, rangeOf(each)))) return true;
  if (alsoInternal.some((range) => within(address, range))) return false;
  return address.range() === 'unicast';
}
