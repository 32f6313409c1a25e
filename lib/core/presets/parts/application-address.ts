import { canonicalHostname } from '../../site/public-url';
import type { Site } from '../../site/schema';

const loopback = /^(?:127\.|::1$|localhost$)/;

/**
 * Where agents reach the application itself, past the web server: its own address, or the site's name where it runs on the machine of
 * the web server. IPv6 addresses are in brackets, to be followed by a port.
 */
export function applicationAddress(site: Site): string {
  const server = site.upstreams[0]?.servers[0];
  if (!server || !('address' in server) || loopback.test(server.address)) return canonicalHostname(site);
  return server.address.includes(':') ? `[${server.address}]` : server.address;
}
