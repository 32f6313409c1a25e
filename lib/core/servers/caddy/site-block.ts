import { certificatePaths } from '../../resolve/certificate-paths';
import type { ResolvedLocation, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { rememberLocations } from '../remember-locations';
import { climbing, hiddenLetter, spellingsOf } from '../spellings';
import { addressPattern } from './address-pattern';
import { locationRewrites } from './headers';
import { identityNodes } from './identity';
import { locationNodes } from './location';
import { vhostParts } from './location-parts';
import { logNodes } from './log';
import { literalVars, needsLiteralVars } from './print';
import { because, block, type CaddyNode, directive, shared } from './tree';
import { clientVariable, hostVariable } from './value';
import { isBehindProxies, type VhostView } from './vhost-view';

/**
 * The site block of one vhost. What several locations share is repeated in each of them: reading an `import`, Caddy copies everything it has read so far,
 * so the time for many sites grows with their square.
 */
export function siteBlock(base: Omit<VhostView, 'locationRewrites'>): CaddyNode {
  const { vhost } = base;
  const view = { ...base, locationRewrites: vhost.locationRewrites.map(locationRewrites) };
  const routes = routeNodes(view);
  const addresses = siteAddresses(vhost);
  const last = addresses.length - 1;
  return block(
    vhost.hostnames[0]?.origin ?? vhost.origin,
    addresses.map((address, index) => (index === last ? address : `${address},`)).join(' '),
    [],
    [
      ...tlsNodes(view),
      ...logNodes(view),
      block(because('in this order'), 'route', [], [...variables(view, routes), ...routes]),
    ],
  );
}

/** `https://ci.example.com:8443` for every name; the scheme is always written, because Caddy would guess it from the port. */
export function siteAddresses({ hostnames, listen, tls }: ResolvedVhost): readonly string[] {
  const scheme = tls === null ? 'http' : 'https';
  const port = listen.port.value === (tls === null ? 80 : 443) ? '' : `:${listen.port.value}`;
  return hostnames.map(({ value }) => `${scheme}://${value}${port}`);
}

function tlsNodes({ vhost, site, target }: VhostView): readonly CaddyNode[] {
  if (vhost.tls === null) return [];
  const { certificate, profile } = vhost.tls;
  const kind = certificate.value.kind;
  const paths = certificatePaths(certificate, target, site.name);
  const { http2, http3 } = vhost.listen;
  // Caddy's own defaults are the intermediate profile: TLS 1.2 and 1.3 with the same six suites.
  const settings = [
    ...(profile.value.protocols.includes('TLSv1.2')
      ? []
      : [directive(profile.origin, 'protocols', 'tls1.3')]),
    ...(http2.value ? [] : [directive(http2.origin, 'alpn', 'http/1.1')]),
  ];
  const args = kind === 'automatic' ? [] : [paths.certificatePath, paths.keyPath];
  const tls =
    settings.length > 0
      ? [block(certificate.origin, 'tls', args, settings)]
      : args.length > 0
        ? [directive(certificate.origin, 'tls', ...args)]
        : [];
  // Caddy speaks HTTP/3 on every https port; where it is not wanted it is not announced, and browsers never try.
  return [...tls, ...(http3.value ? [] : [directive(http3.origin, 'header', '*', '-Alt-Svc')])];
}

const climbs = because('a path that climbs could take the access rules of another location');

/** Caddy matches the decoded path but sends on the one that was received. No browser sends a path that climbs. */
const climbingGuard = shared([
  block(
    climbs,
    '@climbing',
    [],
    [directive(climbs, 'vars_regexp', [{ placeholder: 'http.request.orig_uri' }], `(?i)${climbing}`)],
  ),
  directive(climbs, 'respond', '@climbing', '400'),
]);

const hidden = because('a letter that was encoded twice could hide a path with a rule');
const received = [{ placeholder: 'http.request.orig_uri' }];

/** Refusals of what an application could read as a strict location's path although it is written otherwise. */
const spellingGuards: (vhost: ResolvedVhost, target: RenderTarget) => readonly CaddyNode[] =
  rememberLocations(
    (locations): readonly CaddyNode[] => {
      const refusals = locations.flatMap(refusal);
      if (refusals.length === 0) return [];
      return [
        block(hidden, '@hidden-letter', [], [directive(hidden, 'vars_regexp', received, hiddenLetter)]),
        directive(hidden, 'respond', '@hidden-letter', '400'),
        ...refusals,
      ];
    },
    (nodes) => (nodes.length === 0 ? nodes : [shared(nodes)]),
  );

function refusal(location: ResolvedLocation, index: number): readonly CaddyNode[] {
  const spellings = spellingsOf(location);
  if (spellings === null) return [];
  const { written, decoded, read, denies, status } = spellings;
  const why = { path: location.origin.path, why: `${location.origin.why}: not in another spelling` };
  const refuse = (name: string, conditions: readonly CaddyNode[]) => [
    block(why, name, [], conditions),
    directive(why, 'respond', name, String(status)),
  ];
  const name = `@spelling-${index + 1}`;
  if (!denies) {
    return refuse(name, [
      directive(why, 'path_regexp', `^${read}`),
      directive(why, 'not', 'vars_regexp', received, `^${written}`),
    ]);
  }
  return [
    ...refuse(name, [
      directive(why, 'path_regexp', `(?i)^${read}`),
      directive(why, 'not', 'path_regexp', `^${decoded}`),
    ]),
    ...refuse(`${name}-host`, [
      directive(why, 'vars_regexp', received, '^//'),
      directive(why, 'path_regexp', `(?i)^/[^/]+${read}`),
    ]),
  ];
}

function routeNodes(view: VhostView): readonly CaddyNode[] {
  const { common, locations } = vhostParts(view.vhost, view.target);
  const nodes: CaddyNode[] = [
    ...identityNodes(view.site.vhosts.indexOf(view.vhost), logNodes(view).length > 0),
    climbingGuard,
    ...common,
    ...spellingGuards(view.vhost, view.target),
  ];
  view.vhost.locations.forEach((location, index) => {
    const parts = locations[index];
    if (parts !== undefined) nodes.push(...locationNodes(location, parts, index + 1, view));
  });
  return nodes;
}

const kept = because('kept before anything changes the request');
const usualVars = [
  directive(kept, clientVariable, [{ placeholder: 'http.request.remote.host' }]),
  directive(kept, hostVariable, [{ placeholder: 'http.request.host' }]),
];
const literalNodes = literalVars.map(({ name, raw }) =>
  directive(because('a character that would mean something in a value'), name, { raw }),
);

function variables(view: VhostView, routes: readonly CaddyNode[]): readonly CaddyNode[] {
  return [
    block(kept, 'vars', [], hasLiterals(routes) ? [...usualVars, ...literalNodes] : usualVars),
    ...(isBehindProxies(view) ? forwardedClient(view) : []),
  ];
}

/**
 * The client's address behind a trusted proxy: the last address of the list that is no trusted proxy itself. Those before it
 * are only claimed.
 */
function forwardedClient({ vhost }: VhostView): readonly CaddyNode[] {
  const origin = vhost.trustedProxies[0]?.origin ?? because('trusted proxies');
  const header = [{ placeholder: 'http.request.header.X-Forwarded-For' }];
  const trusted = vhost.trustedProxies.flatMap(({ value }) => addressPattern(value) ?? []);
  const proxies = trusted.length === 0 ? '' : `(?:\\s*,\\s*(?:${trusted.join('|')}))*`;
  // Some balancers add the port: `203.0.113.7:5123`, `[2001:db8::1]:444`.
  const client = `(?:^|[\\s,])\\[?([0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+|[0-9A-Fa-f:]+(?:[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+)?)\\]?(?::[0-9]+)?${proxies}\\s*$`;
  return [
    block(
      origin,
      '@from-trusted-proxy',
      [],
      [
        directive(origin, 'remote_ip', ...vhost.trustedProxies.map(({ value }) => value)),
        directive(origin, 'vars_regexp', 'forwarded', header, client),
      ],
    ),
    directive(origin, 'vars', '@from-trusted-proxy', clientVariable, [
      { placeholder: 'http.regexp.forwarded.1' },
    ]),
  ];
}

function hasLiterals(nodes: readonly CaddyNode[]): boolean {
  return nodes.some((node) => {
    if ('comment' in node) return false;
    if ('shared' in node) {
      node.literals ??= hasLiterals(node.shared);
      return node.literals;
    }
    return node.args.some(needsLiteralVars) || (node.block !== undefined && hasLiterals(node.block));
  });
}
