import type { ResolvedVhost } from '../../../resolve/resolved';
import { block, type Directive, directive, type Node, pattern, variable } from '../tree';

const proxyVariable = (site: string) => `gatehouse_proxy_${site.replaceAll('-', '_')}`;
const forwarded = variable('gatehouse_forwarded');

const readsHeader = ({ trustedProxies, listen }: ResolvedVhost) =>
  trustedProxies.length > 0 && !listen.proxyProtocol.value;

/** Tells whether the address that nginx took for the client's is one of the trusted proxies. Placed beside the servers of a site. */
export function proxyTable(site: string, vhosts: readonly ResolvedVhost[]): readonly Directive[] {
  const vhost = vhosts.find(readsHeader);
  const first = vhost?.trustedProxies[0];
  if (vhost === undefined || first === undefined) return [];
  return [
    block(
      first.origin,
      'geo',
      [variable('remote_addr'), variable(proxyVariable(site))],
      [
        directive(first.origin, 'default', '0'),
        ...vhost.trustedProxies.map(({ value, origin }) => directive(origin, value, '1')),
      ],
    ),
  ];
}

// An address as balancers write it: Azure's gateway adds the port.
const address = '(?:[0-9.]+(?::[0-9]+)?|\\[[0-9a-f:.]+\\](?::[0-9]+)?|[0-9a-f:.]+)';

/**
 * nginx stops at the first entry of X-Forwarded-For that it cannot read (`unknown`) and takes the proxy before it for the client. A proxy's own
 * address is often allowed: an unknown client is nobody.
 */
export function forwardedGuard(site: string, vhost: ResolvedVhost): readonly Node[] {
  if (!readsHeader(vhost)) return [];
  const origin = { path: ['trustedProxies'], why: 'a client whose address cannot be read is nobody' };
  return [
    directive(origin, 'set', forwarded, [
      variable(proxyVariable(site)),
      ' ',
      variable('http_x_forwarded_for'),
    ]),
    block(
      origin,
      'if',
      [forwarded, '~*', pattern(`^1 (?:.*,)?\\s*(?!${address}\\s*(?:,|$))[^,\\s]`)],
      [directive(origin, 'return', '400')],
    ),
  ];
}
