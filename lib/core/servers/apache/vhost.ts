import type { ResolvedSite, ResolvedUpstream, ResolvedVhost } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { balancerNode, kindOf, stickyCookie } from './balancer';
import { type ApacheNode, because, blank, directive, section, spaced } from './directive';
import { identityNodes } from './identity';
import { locationPlan } from './location-plan';
import { locationSections } from './location-section';
import { logNodes } from './log';
import { rewriteNodes } from './rewrite-rules';
import { tlsNodes } from './tls';
import { vhostHeaders } from './vhost-headers';

/** The `<VirtualHost>` of one vhost. */
export function vhostNode(vhost: ResolvedVhost, site: ResolvedSite, target: RenderTarget): ApacheNode {
  const plan = locationPlan(vhost, site.upstreams.map(kindOf), target);
  const headers = vhostHeaders(vhost, plan.headerGroups);
  const balancers = plan.context.routes.all.flatMap((route) => {
    const upstream = site.upstreams.find(({ name }) => name === route.upstream.name);
    return upstream === undefined ? [] : [{ route, upstream }];
  });
  const [name, ...aliases] = vhost.hostnames;
  const { port } = vhost.listen;
  return section('VirtualHost', [`*:${port.value}`], port.origin, [
    ...(name === undefined ? [] : [directive('ServerName', [name.value], name.origin)]),
    ...aliases.map((alias) => directive('ServerAlias', [alias.value], alias.origin)),
    namesAsAsked,
    ...protocolNodes(vhost, target),
    ...clientNodes(vhost),
    ...(vhost.role === 'redirect' ? [] : requestSizes),
    ...logNodes(vhost, site, target),
    ...(vhost.tls === null ? [] : [blank, ...tlsNodes(vhost, site, target)]),
    blank,
    encodedSlashes,
    ...rewriteNodes(vhost, [...identityNodes(site.vhosts.indexOf(vhost)), ...plan.rules]),
    ...(balancers.length > 0
      ? proxyNodes(
          balancers.map(({ upstream }) => upstream),
          vhost,
        )
      : []),
    ...staticDirectories(vhost),
    ...headers.nodes,
    ...spaced(balancers.map(({ route, upstream }) => balancerNode(route, upstream, target))),
    ...(headers.differing === null
      ? plan.sections
      : spaced(locationSections(plan.context, headers.differing))),
  ]);
}

const namesAsAsked = directive(
  'UseCanonicalName',
  ['Off'],
  because('the name that was asked for counts, whatever the main configuration says'),
);
const longRequests = because(
  'request lines and headers up to 32 KiB: queries of dashboards, cookies of sign-in services',
);
const requestSizes = [
  directive('LimitRequestLine', ['32768'], longRequests),
  directive('LimitRequestFieldSize', ['32768'], longRequests),
];
const encodedSlashes = directive(
  'AllowEncodedSlashes',
  ['NoDecode'],
  because('paths are passed on as they came'),
);

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

const keptOpen = {
  path: ['trustedProxies'],
  why: 'a balancer keeps idle connections for 60 s, and a request that meets their end is lost',
};
const ports = {
  path: ['trustedProxies'],
  why: 'mod_remoteip reads no address with a port, as Azure’s gateway writes it',
};
const withoutPorts = [
  directive(
    'RequestHeader',
    ['edit*', 'X-Forwarded-For', '([0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+):[0-9]+', '$1', 'early'],
    ports,
  ),
  directive(
    'RequestHeader',
    ['edit*', 'X-Forwarded-For', '\\[([0-9a-fA-F:.]+)\\](:[0-9]+)?', '$1', 'early'],
    ports,
  ),
];

function clientNodes(vhost: ResolvedVhost): readonly ApacheNode[] {
  const { proxyProtocol } = vhost.listen;
  return [
    ...(proxyProtocol.value ? [directive('RemoteIPProxyProtocol', ['On'], proxyProtocol.origin)] : []),
    ...(vhost.trustedProxies[0] === undefined
      ? []
      : [
          directive('KeepAliveTimeout', ['75'], keptOpen),
          ...withoutPorts,
          directive('RemoteIPHeader', ['X-Forwarded-For'], vhost.trustedProxies[0].origin),
        ]),
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

function proxyNodes(upstreams: readonly ResolvedUpstream[], vhost: ResolvedVhost): readonly ApacheNode[] {
  const sticky = upstreams.find(({ policy, servers }) => policy.value === 'cookie' && servers.length > 1);
  const attributes = `Path=/; HttpOnly; SameSite=Lax${vhost.tls === null ? '' : '; Secure'}`;
  return [
    ...reverseProxyOnly,
    ...(upstreams.some(({ tls }) => tls !== null)
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
            sticky.policy.origin,
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
