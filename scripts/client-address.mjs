// Whose request is this? Believes forwarding headers only when they come from a proxy that the settings name.
import ipaddr from 'ipaddr.js';

const normal = (text) => (ipaddr.isValid(text) ? ipaddr.process(text).toString() : null);

/** @param {string[]} networks addresses and ranges */
export function trustedNetworks(networks) {
  const ranges = networks.map((text) => {
    if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
    const address = ipaddr.process(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
  return (address) => {
    const parsed = ipaddr.process(address);
    return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  };
}

/**
 * The address nearest to us that is no trusted proxy. Anything further left in `X-Forwarded-For` was written by that client.
 *
 * @param {string | undefined} peer address of the connection
 * @param {string | undefined} forwardedFor the header as received
 * @param {(address: string) => boolean} isTrusted
 */
export function clientAddress(peer, forwardedFor, isTrusted) {
  let client = normal(peer ?? '') ?? 'unknown';
  const hops = (forwardedFor ?? '').split(',').map((hop) => normal(hop.trim()));
  while (client !== 'unknown' && isTrusted(client)) {
    const hop = hops.pop();
    if (!hop) break;
    client = hop;
  }
  return client;
}

/**
 * Whom the proxy names as signed in: the header counts only on a connection that comes from a trusted address itself. Takes it off the request, so
 * that nothing further in can mistake it.
 *
 * @param {string | undefined} peer address of the connection
 * @param {Record<string, string | string[] | undefined>} headers as received
 * @param {string | undefined} name of the header, in lower case; absent: none counts
 * @param {(address: string) => boolean} isTrusted
 */
export function proxyPerson(peer, headers, name, isTrusted) {
  if (!name) return null;
  const value = headers[name];
  delete headers[name];
  const address = normal(peer ?? '');
  if (address === null || !isTrusted(address)) return null;
  // Two values would leave open which of them the proxy wrote.
  return typeof value === 'string' && value !== '' && !value.includes(',') ? value : null;
}
