import { canonicalHostname, publicAddress, publicPrefix, publicUrl } from '../site/public-url';
import type { Preset, PresetLocation } from './preset';

// Sources: AWF = argoproj/argo-workflows (docs/argo-server, docs/tls, docs/sso, docs/metrics, docs/environment-variables, the .proto files of
// pkg/apiclient, server source); GK = general knowledge.

const streams = { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 };
const watching = 'Argo Workflows: watches and logs are event streams that stay open';

const artifacts = [
  '/artifact-files/',
  '/artifacts/',
  '/artifacts-by-uid/',
  '/input-artifacts/',
  '/input-artifacts-by-uid/',
] as const;

export const argoWorkflows: Preset<'argo-workflows'> = {
  id: 'argo-workflows',
  title: 'Argo Workflows',
  summary: 'Workflow engine for Kubernetes: page, API, event streams and gRPC on one port.',
  docsUrl: 'https://argo-workflows.readthedocs.io/en/latest/argo-server/',
  // AWF: 2746, https with a certificate of its own by default; docs/tls: --secure=false for plain http.
  upstream: { scheme: 'https', port: 2746 },
  // AWF: ARGO_BASE_HREF tells the page, the proxy strips the prefix.
  prefix: { modes: ['none', 'strip'], suggestion: '/argo/' },
  limits: {
    // GK: artifacts of the archive are read through the server; workflows are sent as one body.
    bodySizeMib: { value: 50, why: 'Argo Workflows: big workflows are sent in one body' },
    readTimeoutSeconds: { value: 300, why: 'Argo Workflows: lists of many workflows take their time' },
  },
  locations: [
    // AWF workflow.proto, sensor.proto, eventsource.proto: paths of the watches.
    {
      match: { kind: 'prefix', path: '/api/v1/workflow-events/' },
      class: 'sse',
      why: watching,
      limits: streams,
    },
    { match: { kind: 'prefix', path: '/api/v1/stream/' }, class: 'sse', why: watching, limits: streams },
    {
      match: { kind: 'segments', path: '/api/v1/workflows/*/*/log' },
      class: 'sse',
      why: watching,
      limits: streams,
    },
    {
      match: { kind: 'segments', path: '/api/v1/workflows/*/*/*/log' },
      class: 'sse',
      why: watching,
      limits: streams,
    },
    // AWF argoserver.go: artifacts of any size, straight from the store behind the server.
    ...artifacts.map(
      (path): PresetLocation => ({
        match: { kind: 'prefix', path },
        class: 'download',
        why: 'Argo Workflows: artifacts of any size are downloaded here',
        limits: { readTimeoutSeconds: 900 },
      }),
    ),
    {
      // AWF argoserver.go: input of workflows, from the page.
      match: { kind: 'prefix', path: '/upload-artifacts/' },
      class: 'upload',
      why: 'Argo Workflows: artifacts of any size are uploaded here',
      limits: { bodySizeMib: 0, readTimeoutSeconds: 900, sendTimeoutSeconds: 900 },
    },
    {
      // AWF: POST /api/v1/events/<namespace>/<discriminator> with a token or signature of its own.
      match: { kind: 'prefix', path: '/api/v1/events/' },
      class: 'http',
      why: 'Argo Workflows: hooks carry their own token or signature',
      access: 'bypass-auth',
    },
    // AWF: both read the proxy's headers to build the address people come back to.
    {
      match: { kind: 'exact', path: '/oauth2/redirect' },
      class: 'http',
      why: 'Argo Workflows: single sign-on begins here',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/oauth2/callback' },
      class: 'http',
      why: 'Argo Workflows: single sign-on ends here, with its one-time code in the query string',
      maskQuery: true,
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // AWF: gRPC and http share the port; the command line can do with http (ARGO_HTTP1).
      match: { kind: 'header', name: 'Content-Type', startsWith: 'application/grpc' },
      class: 'grpc',
      upstream: 'grpc',
      why: 'Argo Workflows: its command line speaks gRPC on the same name (not with Apache: use ARGO_HTTP1 there)',
      limits: streams,
    },
  ],
  extraUpstreams: [
    {
      name: 'grpc',
      scheme: 'h2',
      port: 2746,
      why: 'Argo Workflows: native gRPC needs HTTP/2 to the same port',
    },
  ],
  extraHosts: [
    {
      purpose: 'grpc',
      upstream: 'grpc',
      class: 'grpc',
      limits: streams,
      access: 'bypass-auth',
      why: 'Argo Workflows: its command line can have a name of its own for gRPC',
    },
  ],
  upgradeAnywhere: false,
  spoolToDisk: { value: false, why: 'Argo Workflows: artifacts must not fill a temporary file of the proxy' },
  // GK: names of Kubernetes need no escapes, keys of artifacts may.
  rawUri: { value: true, why: 'Argo Workflows: names of artifacts may carry encoded characters' },
  authorization: {
    value: 'keep',
    why: 'Argo Workflows: command line and API send their token in Authorization',
  },
  // AWF: X-Forwarded-Proto and -Host are read by gorilla's ProxyHeaders, and set for every site.
  requestHeaders: [],
  // AWF argoserver.go, gorilla/handlers proxy_headers.go: X-Forwarded-Scheme and RFC 7239 Forwarded are believed from anybody; the latter
  // is removed for every site.
  guardedHeaders: [{ name: 'X-Forwarded-Scheme', why: 'Argo Workflows: believes this header from anybody' }],
  cookies: {
    // AWF sso.go: Secure only where the server does TLS itself, which it does by default.
    secure: { value: true, why: 'Argo Workflows: with --secure=false its cookie is not Secure' },
  },
  ports: [
    { port: 2746, protocol: 'tcp', purpose: 'page, API and gRPC', exposure: 'close' },
    // AWF docs/metrics: of the workflow controller.
    { port: 9090, protocol: 'tcp', purpose: 'metrics of the controller', exposure: 'close' },
  ],
  // AWF: the readiness probe asks for /.
  healthPath: '/',
  checklist: (site) => [
    site.upstreams[0]?.scheme === 'https'
      ? {
          // AWF: certificate of its own, for 365 days.
          title: 'Certificate of the Argo Server',
          detail:
            'By default it makes a certificate of its own at every start. Give it one from a secret, and the file of its authority to the upstream here, so that it can be checked. Or run it with --secure=false and choose the scheme http here.',
          code: '--tls-certificate-secret-name=argo-server-tls',
        }
      : {
          // AWF docs/tls.
          title: 'No TLS of its own',
          detail:
            'Option of argo server, or ARGO_SECURE=false. Its readiness probe must then ask by HTTP too.',
          code: '--secure=false',
        },
    ...(site.prefix.mode === 'strip'
      ? [
          {
            // AWF: with trailing slash.
            title: 'Path prefix',
            detail: 'Environment of the Argo Server. The trailing slash belongs to it.',
            code: `ARGO_BASE_HREF=${publicPrefix(site.prefix)}`,
          },
        ]
      : []),
    {
      // AWF: docs/sso.
      title: 'Single sign-on',
      detail: 'ConfigMap workflow-controller-configmap, key sso; the provider needs the same address.',
      code: `sso:\n  redirectUrl: ${publicUrl(site)}oauth2/callback`,
    },
    {
      // AWF: ARGO_HTTP1 avoids gRPC; ARGO_BASE_HREF below a path.
      title: 'Command line',
      detail:
        'Environment of people’s shells. ARGO_HTTP1 is not needed where a location or host for gRPC is here.',
      code: [
        `ARGO_SERVER=${canonicalHostname(site)}:${publicAddress(site).port}`,
        `ARGO_SECURE=${publicAddress(site).scheme === 'https'}`,
        'ARGO_HTTP1=true',
        ...(site.prefix.mode === 'strip' ? [`ARGO_BASE_HREF=${site.prefix.path}`] : []),
      ].join('\n'),
    },
    {
      // AWF: own limit per address; docs/environment-variables: the header that holds it.
      title: 'Rate limit',
      detail:
        'Environment of the Argo Server, which allows 1000 requests a second for each address: behind a proxy everybody counts as one until it knows which header holds the address. The option --api-rate-limit raises the limit itself.',
      code: 'IP_KEY_FUNC_HEADERS=X-Forwarded-For',
    },
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // AWF docs/argo-server-auth-mode: “server” asks nobody for a token.
            title: 'Never in auth mode “server”',
            detail:
              'Hooks below /api/v1/events/ stay free of the sign-in here, because the Argo Server asks them for a token. In auth mode “server” it asks nobody.',
            code: '--auth-mode=client',
          },
        ]),
    {
      // AWF: the server logs no addresses.
      title: 'Who was refused',
      detail:
        'The Argo Server logs no client addresses: look for 401 and 403 in the web server’s access log.',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Argo' },
    // AWF info.proto: without a token; in auth mode “server” everybody is somebody.
    { kind: 'page', path: path('/api/v1/userinfo'), statuses: [200, 401, 403] },
  ],
};
