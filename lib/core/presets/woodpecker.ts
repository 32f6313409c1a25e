import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import { applicationAddress } from './parts/application-address';
import type { Preset } from './preset';

// Sources: WP = woodpecker-ci/woodpecker (docs and server source).

const ownAuthentication = 'Woodpecker: hooks, the forge and badges have their own authentication';

export const woodpecker: Preset<'woodpecker'> = {
  id: 'woodpecker',
  title: 'Woodpecker',
  summary: 'Container-based CI with event streams; its agents speak gRPC on a name of their own.',
  docsUrl: 'https://woodpecker-ci.org/docs/administration/configuration/server',
  // WP: WOODPECKER_SERVER_ADDR; unix:// is possible.
  upstream: { scheme: 'http', port: 8000 },
  // WP: the path of WOODPECKER_HOST becomes the application's own root path.
  prefix: { modes: ['none', 'keep'], suggestion: '/woodpecker/' },
  limits: {
    // Hooks of big pushes carry several MB; GitHub sends up to 25 (derived).
    bodySizeMib: { value: 25, why: 'Woodpecker: hooks of big pushes can carry several MB' },
  },
  locations: [
    {
      // WP: /api/stream/events and /api/stream/logs/…, ping every 30 s, X-Accel-Buffering: no.
      match: { kind: 'prefix', path: '/api/stream/' },
      class: 'sse',
      why: 'Woodpecker: events and logs come as event streams below /api/stream/',
    },
    // WP: signed by the forge's token.
    {
      match: { kind: 'exact', path: '/api/hook' },
      class: 'http',
      why: ownAuthentication,
      // WP: hooks carry their token in the query string.
      maskQuery: true,
      access: 'bypass-auth',
    },
    // WP: OAuth callback.
    {
      match: { kind: 'exact', path: '/authorize' },
      class: 'http',
      why: ownAuthentication,
      // The forge's one-time code comes in the query string.
      maskQuery: true,
      access: 'bypass-auth',
    },
    // WP: answer without sign-in.
    {
      match: { kind: 'exact', path: '/healthz' },
      class: 'http',
      why: ownAuthentication,
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/version' },
      class: 'http',
      why: ownAuthentication,
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // WP: below /api/badges/<repo id>/.
      match: { kind: 'prefix', path: '/api/badges/' },
      class: 'http',
      why: 'Woodpecker: badges are often shown on public pages',
      access: 'bypass-auth',
    },
    {
      // WP: own bearer token (WOODPECKER_PROMETHEUS_AUTH_TOKEN).
      match: { kind: 'exact', path: '/metrics' },
      class: 'http',
      why: 'Woodpecker: Prometheus brings a token of its own',
      access: 'bypass-auth',
    },
  ],
  extraUpstreams: [
    // WP: WOODPECKER_GRPC_ADDR, HTTP/2 without TLS.
    { name: 'agents', scheme: 'h2c', port: 9000, why: 'Woodpecker: agents speak gRPC on a port of its own' },
  ],
  extraHosts: [
    {
      // WP: behind TLS the agents need a host name of their own. Streams stay open for hours.
      purpose: 'agents',
      upstream: 'agents',
      class: 'grpc',
      limits: { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 },
      access: 'bypass-auth',
      why: 'Woodpecker: agents connect by gRPC, with their own secret, on a name of their own',
    },
  ],
  upgradeAnywhere: false,
  // WP: nothing in its routes.
  rawUri: { value: false, why: 'Woodpecker: no path needs encoded characters kept' },
  authorization: { value: 'keep', why: 'Woodpecker: API tokens travel in Authorization' },
  requestHeaders: [],
  // WP: nothing beside the forwarded headers, which are set for every site.
  guardedHeaders: [],
  // WP: Secure follows from https in WOODPECKER_HOST.
  cookies: {},
  ports: [
    { port: 8000, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    {
      port: 9000,
      protocol: 'tcp',
      purpose: 'agents (gRPC without TLS), unless they have a name here',
      exposure: 'agents',
    },
  ],
  // WP.
  healthPath: '/healthz',
  checklist: (site) => {
    const agents = site.extraHosts.find((extra) => extra.class === 'grpc');
    const port = agents?.tls?.mode === 'none' || site.tls.mode === 'none' ? site.httpPort : site.httpsPort;
    return [
      {
        // WP: samples have no trailing slash; the path becomes the root path.
        title: 'Public address',
        detail:
          'Environment of the server. The forge’s OAuth application redirects to this address + /authorize.',
        code: `WOODPECKER_HOST=${publicUrl(site).replace(/\/$/, '')}`,
      },
      {
        // WP.
        title: 'OAuth callback in the forge',
        detail: 'Redirect address of the OAuth application in GitHub, Gitea, Forgejo or GitLab.',
        copy: `${publicUrl(site)}authorize`,
      },
      {
        // WP: both may be unix:// too.
        title: 'Listen on the loopback address only',
        detail:
          'Environment of the server, if Woodpecker runs on the machine of the web server. With Docker publish 127.0.0.1:8000:8000 instead: Docker’s ports pass by ufw.',
        code: `WOODPECKER_SERVER_ADDR=127.0.0.1:${upstreamPort(site) ?? 8000}${agents ? '\nWOODPECKER_GRPC_ADDR=127.0.0.1:9000' : ''}`,
      },
      agents === undefined
        ? {
            // WP.
            title: 'Agents',
            detail:
              'Agents need a name of their own here (extra host of class gRPC to port 9000, not with Apache), or connect straight to port 9000: open it to their networks only.',
            code: `WOODPECKER_SERVER=${applicationAddress(site)}:9000`,
          }
        : {
            // WP: WOODPECKER_GRPC_SECURE is false by default; verification is documented as skipped by default.
            title: 'Agents',
            detail:
              'Environment of the agents. Without the last line they accept any certificate; KEEPALIVE keeps quiet streams open.',
            code: `WOODPECKER_SERVER=${agents.hostnames[0] ?? ''}:${port}\nWOODPECKER_GRPC_SECURE=${port === site.httpsPort}\nWOODPECKER_KEEPALIVE_TIME=30s\nWOODPECKER_GRPC_SKIP_VERIFY=false`,
          },
    ];
  },
  probes: (path) => [
    { kind: 'page', path: path('/healthz'), statuses: [200, 204] },
    { kind: 'page', path: path('/version'), statuses: [200], bodyIncludes: 'version' },
    // WP: a first ping comes with the headers, further ones every 30 s.
    { kind: 'event-stream', path: path('/api/stream/events'), firstBytesWithinSeconds: 5 },
  ],
};
