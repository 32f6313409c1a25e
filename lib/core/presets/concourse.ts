import { publicOrigin } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import { applicationAddress } from './parts/application-address';
import type { Preset, PresetLocation } from './preset';

// Sources: CC = concourse/docs (operation/running-web); CCsrc = concourse source; GK = general knowledge.

const ownAuthentication =
  'Concourse: hooks, badges and the sign-in of its own must be reachable by everybody';

const bypassed: PresetLocation[] = [
  // CC: the hook's token comes as ?webhook_token=.
  {
    match: { kind: 'segments', path: '/api/v1/teams/*/pipelines/*/resources/*/check/webhook' },
    class: 'http',
    why: 'Concourse: hooks carry their token in the query string',
    maskQuery: true,
    access: 'bypass-auth',
  },
  // CCsrc: OpenID Connect issuer and callbacks.
  {
    match: { kind: 'prefix', path: '/sky/' },
    class: 'http',
    why: ownAuthentication,
    // One-time codes of the sign-in come in the query string.
    maskQuery: true,
    access: 'bypass-auth',
  },
  // CCsrc: answers without sign-in.
  {
    match: { kind: 'exact', path: '/api/v1/info' },
    class: 'http',
    why: ownAuthentication,
    access: 'bypass-auth',
  },
];

export const concourse: Preset<'concourse'> = {
  id: 'concourse',
  title: 'Concourse',
  summary: 'Pipeline-based CI; fly hijacks containers over WebSockets, workers come in by SSH.',
  docsUrl: 'https://concourse-ci.org/docs/install/running-web/',
  // CC: CONCOURSE_BIND_PORT.
  upstream: { scheme: 'http', port: 8080 },
  // CCsrc command.go, web/index_handler.go: routes and the web interface are fixed at the root.
  prefix: { modes: ['none'] },
  limits: {
    // CCsrc: pipelines and fly's own requests are small, uploads have a location of their own (derived).
    bodySizeMib: { value: 25, why: 'Concourse: pipelines and hooks can be several MB' },
  },
  locations: [
    {
      // CC: the manual's rule is “ends in /hijack”; it lacks HTTP/1.1 and a long read timeout.
      match: { kind: 'segments', path: '/api/v1/teams/*/containers/*/hijack' },
      class: 'ws',
      why: 'Concourse: fly hijack opens a shell over a WebSocket',
      limits: { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 },
    },
    {
      // CCsrc: X-Accel-Buffering: no.
      match: { kind: 'segments', path: '/api/v1/builds/*/events' },
      class: 'sse',
      why: 'Concourse: logs of builds come as event streams',
    },
    {
      // CCsrc: the source tree is one POST; without buffering it reaches the workers while it is sent.
      match: { kind: 'segments', path: '/api/v1/teams/*/artifacts' },
      class: 'upload',
      why: 'Concourse: fly execute uploads whole source trees',
      limits: { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
    },
    {
      // CCsrc: fly execute --output downloads them again; workers fetch from here too.
      match: { kind: 'segments', path: '/api/v1/teams/*/artifacts/*' },
      class: 'download',
      why: 'Concourse: fly execute downloads whole output trees',
      limits: { readTimeoutSeconds: 900 },
    },
    {
      // CCsrc api_auth_wrappa.go: fly sync and the page's links to it, without sign-in; GK: about 50 MB each.
      match: { kind: 'exact', path: '/api/v1/cli' },
      class: 'download',
      why: 'Concourse: serves the fly program for every platform',
      access: 'bypass-auth',
    },
    ...bypassed,
  ],
  suggestions: [
    {
      // CCsrc.
      match: { kind: 'segments', path: '/api/v1/teams/*/pipelines/*/badge' },
      class: 'http',
      why: 'Concourse: badges are often shown on public pages',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'segments', path: '/api/v1/teams/*/pipelines/*/jobs/*/badge' },
      class: 'http',
      why: 'Concourse: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  spoolToDisk: { value: false, why: 'Concourse: output trees must not fill a temporary file of the proxy' },
  // CCsrc: no route carries encoded slashes.
  rawUri: { value: false, why: 'Concourse: no path needs encoded characters kept' },
  authorization: { value: 'keep', why: 'Concourse: fly sends its token in Authorization' },
  requestHeaders: [
    {
      // CC: the manual's sample sends X-Forwarded-Protocol beside X-Forwarded-Proto.
      rule: { op: 'set', name: 'X-Forwarded-Protocol', value: '{scheme}' },
      why: 'Concourse: its manual sends X-Forwarded-Protocol too',
    },
  ],
  guardedHeaders: [],
  cookies: {
    // CCsrc skycmd/flags.go: off until CONCOURSE_COOKIE_SECURE is set, even where Concourse does TLS itself.
    secure: {
      value: true,
      why: 'Concourse: marks its cookies Secure only where CONCOURSE_COOKIE_SECURE is set',
    },
  },
  ports: [
    { port: 8080, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // CC: SSH; raw TCP, with several web nodes also random ports between them (CONCOURSE_PEER_ADDRESS).
    { port: 2222, protocol: 'tcp', purpose: 'workers (TSA, SSH)', exposure: 'agents' },
    // CC: on the loopback address by default.
    { port: 8079, protocol: 'tcp', purpose: 'debugging of the web node', exposure: 'close' },
    { port: 2221, protocol: 'tcp', purpose: 'debugging of the TSA', exposure: 'close' },
  ],
  // CCsrc.
  healthPath: '/api/v1/info',
  checklist: (site) => [
    {
      // CC: without it signing in leads to 127.0.0.1.
      title: 'Public address',
      detail: 'Environment of the web node. Without it signing in leads people to 127.0.0.1.',
      code: `CONCOURSE_EXTERNAL_URL=${publicOrigin(site)}`,
    },
    {
      // CC.
      title: 'Listen on the loopback address only',
      detail: 'Environment of the web node, if it runs on the machine of the web server.',
      code: `CONCOURSE_BIND_IP=127.0.0.1\nCONCOURSE_BIND_PORT=${upstreamPort(site) ?? 8080}`,
    },
    ...(site.tls.mode === 'none'
      ? []
      : [
          {
            // CCsrc skycmd/flags.go.
            title: 'Secure cookies',
            detail: 'Environment of the web node, when it is reached over https only.',
            code: 'CONCOURSE_COOKIE_SECURE=true',
          },
        ]),
    {
      // CC: TSA; the http proxy is never between.
      title: 'Workers',
      detail:
        'Workers connect by SSH straight to port 2222; open it to their networks only. For fly execute they must reach the public address too.',
      code: `CONCOURSE_TSA_HOST=${applicationAddress(site)}:2222`,
    },
    {
      // CC: X-Frame-Options: deny.
      title: 'Framing',
      detail:
        'Concourse forbids framing by itself (X-Frame-Options: deny); no response header is needed here.',
    },
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // CC: fly has no second password, but knows client certificates.
            title: 'fly behind a sign-in',
            detail:
              'fly cannot answer a second sign-in. Limit addresses instead, or demand client certificates: fly takes --client-cert and --client-key.',
          },
        ]),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/v1/info'), statuses: [200], bodyIncludes: 'worker_version' },
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Concourse' },
    // CCsrc: without a token.
    { kind: 'page', path: path('/api/v1/teams/main/containers/none/hijack'), statuses: [401, 403, 404] },
  ],
};
