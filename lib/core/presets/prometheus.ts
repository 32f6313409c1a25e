import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset } from './preset';

// Sources: PR = prometheus/docs and prometheus.io (management API, security, flags, pull request 2995 of prometheus/docs) and
// prometheus/prometheus (docs/command-line/prometheus.md, docs/querying/api.md, web/web.go, web/api/v1/api.go); GK = general knowledge.

const switchesOff = 'Prometheus: anyone who reaches this can reload it, stop it or delete its data';

export const prometheus: Preset<'prometheus'> = {
  id: 'prometheus',
  title: 'Prometheus',
  summary: 'Metrics of builds and machines. It knows no users, so that the proxy signs people in.',
  docsUrl: 'https://prometheus.io/docs/operating/security/',
  // PR command-line: --web.listen-address, 0.0.0.0:9090.
  upstream: { scheme: 'http', port: 9090 },
  // PR: --web.route-prefix is the path of --web.external-url, or / where the proxy strips.
  prefix: { modes: ['none', 'keep', 'strip'], suggestion: '/prometheus/' },
  limits: {
    // PR command-line: --query.timeout is 2m by default.
    readTimeoutSeconds: { value: 150, why: 'Prometheus: a query may take two minutes' },
  },
  locations: [
    // PR management API: off unless --web.enable-lifecycle and --web.enable-admin-api are given; PUT and POST without any sign-in.
    { match: { kind: 'exact', path: '/-/reload' }, class: 'deny', why: switchesOff },
    { match: { kind: 'exact', path: '/-/quit' }, class: 'deny', why: switchesOff },
    { match: { kind: 'prefix', path: '/api/v1/admin/' }, class: 'deny', why: switchesOff },
    {
      // PR: an event stream; held back, the page says “Real-time notifications interrupted”.
      match: { kind: 'exact', path: '/api/v1/notifications/live' },
      class: 'sse',
      why: 'Prometheus: notifications of its pages come as an event stream',
    },
    // PR management API.
    {
      match: { kind: 'exact', path: '/-/healthy' },
      class: 'http',
      why: 'Prometheus: health check',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/-/ready' },
      class: 'http',
      why: 'Prometheus: health check',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // PR command-line: --web.enable-remote-write-receiver; anybody could write whatever they like.
      match: { kind: 'exact', path: '/api/v1/write' },
      class: 'deny',
      why: 'Prometheus: nobody outside may write metrics, if it takes them from others',
    },
    {
      // PR api.go, command-line: --web.enable-otlp-receiver, the same by OpenTelemetry.
      match: { kind: 'prefix', path: '/api/v1/otlp/' },
      class: 'deny',
      why: 'Prometheus: nobody outside may write metrics, if it takes them from others',
    },
    {
      // PR web.go: pprof, on the same port.
      match: { kind: 'prefix', path: '/debug/' },
      class: 'deny',
      why: 'Prometheus: profiles of the running program, open to everybody who reaches it',
    },
    {
      // PR querying/api.md: shows the whole configuration, with secrets blanked.
      match: { kind: 'prefix', path: '/api/v1/status/' },
      class: 'deny',
      why: 'Prometheus: its configuration, flags and versions',
    },
  ],
  upgradeAnywhere: false,
  // PR api.go: paths name labels at most, and unusual ones are written as U__…; label values travel in the query string.
  rawUri: { value: false, why: 'Prometheus: no path needs encoded characters kept' },
  // PR: users only with --web.config.file.
  authorization: {
    value: 'strip',
    why: 'Prometheus: has no users unless its own web.config.file names some',
  },
  requestHeaders: [],
  guardedHeaders: [],
  cookies: {},
  ports: [
    { port: 9090, protocol: 'tcp', purpose: 'web interface and API without any sign-in', exposure: 'close' },
  ],
  // PR management API: always 200.
  healthPath: '/-/healthy',
  checklist: (site) => [
    {
      // PR.
      title: 'Public address',
      detail: 'Option of the service. Links in alerts use it.',
      code: `--web.external-url=${publicUrl(site)}`,
    },
    ...(site.prefix.mode === 'strip'
      ? [
          {
            // PR: the default is the path of the external address.
            title: 'Path prefix',
            detail: 'This web server takes the path off, so that Prometheus must not expect it.',
            code: '--web.route-prefix=/',
          },
        ]
      : site.prefix.mode === 'keep'
        ? [
            {
              title: 'Path prefix',
              detail: 'The default when the public address has this path; a route prefix of / would not fit.',
              code: `--web.route-prefix=${site.prefix.path}`,
            },
          ]
        : []),
    {
      // PR command-line.
      title: 'Listen on the loopback address only',
      detail:
        'Prometheus shows everything to everybody. If it runs on the machine of the web server nobody else should reach it; with Docker publish the port on 127.0.0.1.',
      code: `--web.listen-address=127.0.0.1:${upstreamPort(site) ?? 9090}`,
    },
    {
      // PR management API.
      title: 'Leave its switches off',
      detail:
        'Without --web.enable-lifecycle and --web.enable-admin-api nobody can stop it or delete data by http. This site refuses those addresses anyway; reload with SIGHUP.',
    },
    ...(site.access.auth.mode === 'none' && site.access.ip.allow.length === 0
      ? [
          {
            title: 'Nobody is asked who they are',
            detail: 'Choose a sign-in or allowed addresses for this site: Prometheus has none of its own.',
          },
        ]
      : []),
    ...(site.access.auth.mode === 'basic'
      ? [
          {
            // GK: data sources and federation take Basic.
            title: 'Grafana and other readers',
            detail:
              'Give them a name and password of the proxy’s users file, or let them ask Prometheus directly, past this web server.',
            copy: publicUrl(site),
          },
        ]
      : []),
  ],
  probes: (path) => [
    // PR: “Prometheus Server is Healthy.”, older ones “Prometheus is Healthy.”
    { kind: 'page', path: path('/-/healthy'), statuses: [200], bodyIncludes: 'Healthy' },
    { kind: 'page', path: path('/'), statuses: [200, 302] },
    { kind: 'page', path: path('/-/quit'), statuses: [403] },
  ],
};
