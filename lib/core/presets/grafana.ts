import { canonicalHostname, publicOrigin, publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import { upstreamPort } from '../site/upstream-port';
import { isOlder } from './app-version';
import type { ChecklistItem, Preset } from './preset';

// Sources: GF = grafana.com/docs (behind a proxy, auth proxy, Grafana Live, configuration) and grafana/grafana (conf/defaults.ini,
// pkg/api/http_server.go, pull request 35983); GK = general knowledge.

// GF auth proxy: header_name and the usual names in `headers`.
const proxyHeaders = [
  'X-WEBAUTH-USER',
  'X-WEBAUTH-NAME',
  'X-WEBAUTH-EMAIL',
  'X-WEBAUTH-ROLE',
  'X-WEBAUTH-GROUPS',
];

export const grafana: Preset<'grafana'> = {
  id: 'grafana',
  title: 'Grafana',
  summary: 'Dashboards for builds and machines, live over a WebSocket.',
  docsUrl: 'https://grafana.com/tutorials/run-grafana-behind-a-proxy/',
  // GF: http_port.
  upstream: { scheme: 'http', port: 3000 },
  // GF: serve_from_sub_path says which of the two.
  prefix: { modes: ['none', 'keep', 'strip'], suggestion: '/grafana/' },
  limits: {
    // GK: dashboards with snapshots and pictures are sent as one document.
    bodySizeMib: { value: 32, why: 'Grafana: dashboards are saved as one document' },
    // GF defaults.ini: data sources may be told to wait longer than Grafana's own 30 s (dataproxy.timeout).
    readTimeoutSeconds: { value: 120, why: 'Grafana: slow queries answer when their data source does' },
  },
  locations: [
    {
      // GF: /api/live/ws and /api/live/push/…; since 8.0.
      match: { kind: 'prefix', path: '/api/live/' },
      class: 'ws',
      why: 'Grafana: Live pushes dashboards’ changes and data over a WebSocket',
    },
    {
      // GK: /api/datasources/proxy/…/loki/api/v1/tail of versions that tail without Live.
      match: { kind: 'suffix', path: '/loki/api/v1/tail' },
      class: 'ws',
      why: 'Grafana: tailing logs of Loki opens a WebSocket to the data source',
    },
    {
      // GF http_server.go: without sign-in.
      match: { kind: 'exact', path: '/api/health' },
      class: 'http',
      why: 'Grafana: health check',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // GF defaults.ini, http_server.go: on by default, without sign-in.
      match: { kind: 'exact', path: '/metrics' },
      class: 'deny',
      why: 'Grafana: its own metrics are open to everybody',
    },
    {
      // GK: service account tokens; with Basic, browsers would send the proxy's password on to Grafana, which refuses it.
      match: { kind: 'prefix', path: '/api/' },
      class: 'http',
      why: 'Grafana: API clients have tokens of their own (with a sign-in page in front, not with passwords)',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  rawUri: { value: false, why: 'Grafana: no path needs encoded characters kept' },
  // GK: service account tokens, and Basic.
  authorization: { value: 'keep', why: 'Grafana: API tokens travel in Authorization' },
  requestHeaders: [],
  // GF: with the auth proxy on, these are believed from every address of its whitelist, which is everybody when empty.
  guardedHeaders: proxyHeaders.map((name) => ({
    name,
    why: 'Grafana: its auth proxy believes this header',
  })),
  userHeader: { name: 'X-WEBAUTH-USER', why: 'Grafana: its auth proxy reads the name from X-WEBAUTH-USER' },
  cookies: {
    // GF: cookie_secure is false by default. GK: scripts read grafana_session_expiry, so HttpOnly is left to Grafana; the cookies'
    // path follows from root_url, so it is left alone too.
    secure: { value: true, why: 'Grafana: its session cookie is not Secure by default' },
  },
  ports: [{ port: 3000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' }],
  // GF http_server.go.
  healthPath: '/api/health',
  checklist: (site) => [
    {
      // GF.
      title: 'Public address',
      detail:
        'grafana.ini, section [server]. Live refuses pages from any other address (“origin not allowed”).',
      code: `[server]\ndomain = ${canonicalHostname(site)}\nroot_url = ${publicUrl(site)}${subPath(site)}`,
    },
    ...(site.prefix.mode === 'keep' && isOlder(site.appVersion, '6.3')
      ? [
          {
            // GF: serve_from_sub_path since 6.3.
            title: 'Strip the path instead',
            detail: 'This version cannot serve a path by itself (since 6.3): choose prefix mode “strip”.',
          },
        ]
      : []),
    {
      // GF defaults.ini: http_addr is empty by default, which means every address.
      title: 'Listen on the loopback address only',
      detail:
        'grafana.ini, if Grafana runs on the machine of the web server; with Docker publish the port on 127.0.0.1.',
      code: `[server]\nhttp_addr = 127.0.0.1\nhttp_port = ${upstreamPort(site) ?? 3000}`,
    },
    ...(publicOrigin(site).startsWith('https:')
      ? [
          {
            // GF configuration.
            title: 'Secure session cookie',
            detail: 'grafana.ini.',
            code: '[security]\ncookie_secure = true',
          },
        ]
      : []),
    ...live(site),
    ...authProxy(site),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/health'), statuses: [200], bodyIncludes: '"database"' },
    // GK: redirected where everybody is signed in already.
    { kind: 'page', path: path('/login'), statuses: [200, 302] },
  ],
};

function subPath({ prefix }: Site): string {
  return prefix.mode === 'none' ? '' : `\nserve_from_sub_path = ${prefix.mode === 'keep'}`;
}

/** GF: since 8.0; origins beside root_url must be listed. */
function live(site: Site): readonly ChecklistItem[] {
  const others = site.hostnames.slice(1).filter((name) => !name.startsWith('*'));
  if (others.length === 0 || isOlder(site.appVersion, '8.0')) return [];
  const origins = others.map((name) => publicOrigin({ ...site, hostnames: [name] }));
  return [
    {
      title: 'Further names',
      detail: 'grafana.ini. Live only knows the origin of root_url by itself.',
      code: `[live]\nallowed_origins = ${[publicOrigin(site), ...origins].join(', ')}`,
    },
  ];
}

/** GF auth proxy; the whitelist names the web server as Grafana sees it. */
function authProxy({ access }: Site): readonly ChecklistItem[] {
  const copied = access.auth.mode === 'forward' ? access.auth.copyHeaders[0] : undefined;
  const header = access.userHeader?.name ?? copied;
  if (header === undefined) return [];
  return [
    {
      title: 'Believe the proxy’s sign-in',
      detail:
        'grafana.ini. The whitelist is the web server’s address as Grafana sees it; empty means that everybody is believed.',
      code: `[auth.proxy]\nenabled = true\nheader_name = ${header}\nheader_property = username\nwhitelist = 127.0.0.1`,
    },
  ];
}
