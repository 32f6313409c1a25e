import type { ResolvedSite, ResolvedVhost } from '../../site/resolved';
import type { RenderTarget } from '../types';
import { balancerNode, Routes, stickyCookie } from './balancer';
import { type ApacheNode, because, blank, comment, directive, section } from './directive';
import { locationSections, type VhostHeaders, vhostHeaders } from './location-section';
import { logNodes } from './log';
import { rewriteNodes } from './rewrite-rules';
import { tlsNodes } from './tls';

/** The `<VirtualHost>` of one vhost. */
export function vhostNode(vhost: ResolvedVhost, site: ResolvedSite, target: RenderTarget): ApacheNode {
  const routes = new Routes(site, vhost, target);
  const context = { vhost, target, routes, headers: vhostHeaders(vhost) };
  const locations = locationSections(context);
  // Rules may ask for routes of their own, so they are made before the routes are printed.
  const rewrites = rewriteNodes(context);
  const [name, ...aliases] = vhost.hostnames;
  const { port } = vhost.listen;
  const proxied = routes.all.length > 0;
  return section('VirtualHost', [`*:${port.value}`], port.origin, [
    ...(name === undefined ? [] : [directive('ServerName', [name.value], name.origin)]),
    ...aliases.map((alias) => directive('ServerAlias', [alias.value], alias.origin)),
    namesAsAsked,
    ...protocolNodes(vhost, target),
    ...clientNodes(vhost),
    ...logNodes(vhost, site, target),
    ...(vhost.tls === null ? [] : [blank, ...tlsNodes(vhost, site, target)]),
    blank,
    encodedSlashes,
    ...rewrites,
    ...(proxied ? proxyNodes(routes, vhost) : []),
    ...staticDirectories(vhost),
    ...headerNodes(context.headers),
    ...spaced(routes.all.map((route) => balancerNode(route, target))),
    ...spaced(locations),
  ]);
}

const namesAsAsked = directive(
  'UseCanonicalName',
  ['Off'],
  because('the name that was asked for counts, whatever the main configuration says'),
);
const encodedSlashes = directive(
  'AllowEncodedSlashes',
  ['NoDecode'],
  because('paths are passed on as they came'),
);

/** Each after an empty line. */
function spaced(nodes: readonly ApacheNode[]): readonly ApacheNode[] {
  const all: ApacheNode[] = [];
  for (const node of nodes) all.push(blank, node);
  return all;
}

const headersOfAll = comment('Headers of every location.');

function headerNodes({ common }: VhostHeaders): readonly ApacheNode[] {
  if (common.items.length === 0) return [];
  const nodes = [blank, headersOfAll];
  for (const item of common.items) nodes.push(...item.nodes(null));
  return nodes;
}

function protocolNodes(vhost: ResolvedVhost, target: RenderTarget): readonly ApacheNode[] {
  if (vhost.tls === null) return [];
  const { http2 } = vhost.listen;
  if (!http2.value) return [directive('Protocols', ['http/1.1'], http2.origin)];
  if (isPrefork(target)) return [];
  return [directive('Protocols', ['h2', 'http/1.1'], http2.origin)];
}

/** mod_http2 refuses to work with the one-process-per-connection MPM. */
export const isPrefork = (target: RenderTarget): boolean =>
  target.modules?.some((module) => /^(?:mod_)?(?:mpm_)?prefork(?:_module)?$/.test(module)) ?? false;

function clientNodes(vhost: ResolvedVhost): readonly ApacheNode[] {
  const { proxyProtocol } = vhost.listen;
  return [
    ...(proxyProtocol.value ? [directive('RemoteIPProxyProtocol', ['On'], proxyProtocol.origin)] : []),
    ...(vhost.trustedProxies[0] === undefined
      ? []
      : [directive('RemoteIPHeader', ['X-Forwarded-For'], vhost.trustedProxies[0].origin)]),
    ...vhost.trustedProxies.map((range) => directive('RemoteIPInternalProxy', [range.value], range.origin)),
  ];
}

const reverseProxyOnly = [
  blank,
  directive('ProxyRequests', ['Off'], because('a reverse proxy only, never an open one')),
  directive('ProxyPreserveHost', ['On'], because('the Host header is set below')),
  directive(
    'ProxyAddHeaders',
    ['Off'],
    because('the X-Forwarded headers are set below, not appended to the client’s'),
  ),
];
const patience = section(
  'IfModule',
  ['reqtimeout_module'],
  because('some distributions allow a body 10 s to arrive'),
  [
    directive(
      'RequestReadTimeout',
      ['body=60,MinRate=1'],
      because('as long as bytes of a body keep coming, it is not cut off; 60 s to begin with'),
    ),
  ],
);

function proxyNodes(routes: Routes, vhost: ResolvedVhost): readonly ApacheNode[] {
  const sticky = routes.all.find(
    ({ upstream }) => upstream.policy.value === 'cookie' && upstream.servers.length > 1,
  );
  const attributes = `Path=/; HttpOnly; SameSite=Lax${vhost.tls === null ? '' : '; Secure'}`;
  return [
    ...reverseProxyOnly,
    ...(routes.all.some(({ upstream }) => upstream.tls !== null)
      ? [directive('SSLProxyEngine', ['On'], because('an upstream speaks https'))]
      : []),
    patience,
    ...(sticky
      ? [
          directive(
            'Header',
            [
              'add',
              'Set-Cookie',
              `${stickyCookie}=.%{BALANCER_WORKER_ROUTE}e; ${attributes}`,
              'env=BALANCER_ROUTE_CHANGED',
            ],
            sticky.upstream.policy.origin,
          ),
        ]
      : []),
  ];
}

/** Directories that are served: distributions close the file system by default, and users' .htaccess files must not count. */
function staticDirectories(vhost: ResolvedVhost): readonly ApacheNode[] {
  const seen = new Set<string>();
  return vhost.locations.flatMap(({ action, match }) => {
    if (action.kind !== 'static') return [];
    const { origin, value } = action.directory;
    const path = match.kind === 'prefix' ? match.path : '/';
    // Challenges are looked up with their whole path, as certbot's webroot has them.
    const below = action.purpose === 'acme' ? path : '/';
    const alias = directive('Alias', [path, value + below], origin);
    if (seen.has(value)) return [alias];
    seen.add(value);
    return [
      blank,
      alias,
      section('Directory', [value], origin, [
        directive('Options', ['FollowSymLinks'], origin),
        directive('AllowOverride', ['None'], origin),
        directive('Require', ['all', 'granted'], origin),
      ]),
    ];
  });
}
