import type { ProxyAction, ResolvedSite, ResolvedUpstream, ResolvedVhost } from '../../../resolve/resolved';
import type { Decided } from '../../../site/origin';
import type { RenderTarget } from '../../../web-server/render-target';
import { rememberLocations } from '../../remember-locations';
import { type Argument, block, type Directive, directive, type Node, pattern, shared } from '../tree';
import { signInLocations } from './access';
import { forwardedGuard } from './forwarded-guard';
import { responseHeaders, sameRequestHeaders } from './headers';
import { hostGuard, namePattern } from './host-guard';
import { identityLocation } from './identity';
import type { IssueList } from './issue-list';
import { altSvc, listenDirectives } from './listen';
import { locationBlocks } from './location-block';
import { serverLog } from './logs';
import { pathGuard, spellingGuards } from './path-guard';
import { inheritedDirectives } from './proxy';
import { tlsDirectives } from './tls';
import type { VhostView } from './vhost-view';

/** One `server { … }`. */
export function serverBlock(
  site: ResolvedSite,
  vhost: ResolvedVhost,
  upstreams: ReadonlyMap<string, ResolvedUpstream>,
  target: RenderTarget,
  issues: IssueList,
): Directive {
  const inherited = vhost.role === 'redirect' ? null : mainAction(vhost, target);
  const view: VhostView = {
    site,
    vhost,
    target,
    issues,
    upstreams,
    inherited,
    ownResponseHeaders: altSvc(vhost, target),
  };
  return block(
    vhost.origin,
    'server',
    [],
    [
      ...listenDirectives(vhost, target, issues),
      ...vhost.hostnames.map(serverName),
      ...(vhost.tls ? tlsDirectives(site.name, vhost.tls, target, issues) : []),
      ...realIp(vhost),
      ...forwardedGuard(site.name, vhost),
      ...hostGuard(vhost),
      vhost.role === 'redirect' ? plainManners : guardedManners,
      ...(vhost.role === 'redirect' ? [] : spellingGuards(vhost, target)),
      ...serverLog(view),
      ...(inherited ? [proxyDefaults, ...inheritedDirectives(view, inherited)] : []),
      ...(carriesGrpc(vhost, target) ? [grpcDefaults] : []),
      ...responseHeaders(vhost.responseHeaders, 'proxy'),
      ...view.ownResponseHeaders,
      identityLocation(site.vhosts.indexOf(vhost)),
      ...locationBlocks(view),
      ...signInLocations(view),
    ],
  );
}

/** The proxied location that most others are like, so that what it sends is written once. gRPC has directives of its own. */
const mainAction = rememberLocations((locations): ProxyAction | null => {
  const actions = locations.flatMap(({ action, class: kind }) =>
    action.kind === 'proxy' && kind.value !== 'grpc' ? [action] : [],
  );
  const alike = (one: ProxyAction) =>
    actions.filter(
      (other) => sameRequestHeaders(one, other) && one.locationRewrites === other.locationRewrites,
    ).length;
  const first = actions[0] ?? null;
  // All alike, as in most vhosts: nothing to count.
  if (first === null || alike(first) === actions.length) return first;
  return actions.reduce((best, one) => (alike(one) > alike(best) ? one : best), first);
});

const noVersion = directive({ path: null, why: 'the version is nobody’s business' }, 'server_tokens', 'off');
const relativeRedirects = directive(
  { path: null, why: 'redirects of nginx itself keep the public scheme and port' },
  'absolute_redirect',
  'off',
);
const plainManners = shared([noVersion, relativeRedirects]);
const guardedManners = shared([pathGuard, noVersion, relativeRedirects]);

const http11 = directive(
  { path: null, why: 'WebSockets and chunked requests; 1.0 is the default before nginx 1.29.7' },
  'proxy_http_version',
  '1.1',
);

// More and longer names than the default table holds; nginx warns otherwise.
const hashSizes: readonly Directive[] = [
  directive({ path: null, why: 'room for all header names' }, 'proxy_headers_hash_max_size', '2048'),
  directive({ path: null, why: 'room for all header names' }, 'proxy_headers_hash_bucket_size', '128'),
];

// Sign-in services answer with groups and tokens in cookies: more than the 4 KiB of one page of memory. All three are named, because they must fit one another, whatever nginx.conf says.
const bufferSizes: readonly Directive[] = [
  directive({ path: null, why: 'response headers up to 16 KiB' }, 'proxy_buffer_size', '16k'),
  directive({ path: null, why: 'fits proxy_buffer_size' }, 'proxy_buffers', '8', '16k'),
  directive({ path: null, why: 'fits proxy_buffer_size' }, 'proxy_busy_buffers_size', '32k'),
];
const longRequests = directive(
  {
    path: null,
    why: 'request lines and headers up to 32 KiB: queries of dashboards, cookies of sign-in services',
  },
  'large_client_header_buffers',
  '4',
  '32k',
);
const proxyDefaults = shared([longRequests, http11, ...hashSizes, ...bufferSizes]);
const grpcDefaults = shared([
  directive({ path: null, why: 'metadata up to 16 KiB' }, 'grpc_buffer_size', '16k'),
  directive(
    { path: null, why: 'agents make thousands of calls on one connection; the default ends it after 1,000' },
    'keepalive_requests',
    '1000000',
  ),
]);
const carriesGrpc = rememberLocations((locations) =>
  locations.some(({ class: kind }) => kind.value === 'grpc'),
);

// With nginx's default bucket size (a cache line of 64 bytes) a longer name makes the whole configuration fail.
export const longestHashedName = 46;

/** Long names are given as patterns, because the table of names has places of limited size that only nginx.conf can change. */
function serverName({ value, origin }: Decided<string>): Directive {
  const name: Argument = value.length > longestHashedName ? pattern(`~^${namePattern(value)}$`) : value;
  return directive(origin, 'server_name', name);
}

function realIp(vhost: ResolvedVhost): readonly Node[] {
  if (vhost.trustedProxies.length === 0) return [];
  const { proxyProtocol } = vhost.listen;
  const why = proxyProtocol.value
    ? proxyProtocol.origin
    : { path: ['trustedProxies'], why: 'address of the client behind your proxies' };
  return [
    ...vhost.trustedProxies.map(({ value, origin }) => directive(origin, 'set_real_ip_from', value)),
    directive(why, 'real_ip_header', proxyProtocol.value ? 'proxy_protocol' : 'X-Forwarded-For'),
    directive(why, 'real_ip_recursive', 'on'),
  ];
}
