import { portSuffix, publicAddress, publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import { publicHost } from './parts/public-host';
import type { ChecklistItem, Preset, PresetLocation } from './preset';

// Sources: ACD = argoproj/argo-cd (docs/operator-manual/ingress and argocd-cm.yaml, server source); NGX = nginx.org; GK = general knowledge.

const ownAuthentication = 'Argo CD: hooks and its own sign-in must be reachable by everybody';

const bypassed: PresetLocation[] = [
  // ACD: OAuth callback and the bundled Dex.
  { kind: 'exact', path: '/auth/callback' } as const,
  { kind: 'prefix', path: '/api/dex/' } as const,
  // ACD: answers without sign-in.
  { kind: 'exact', path: '/healthz' } as const,
].map((match) => ({
  match,
  class: 'http',
  why: ownAuthentication,
  // One-time codes of the sign-in come in the query string.
  ...(match.path === '/healthz' ? {} : { maskQuery: true }),
  access: 'bypass-auth',
}));

const streams = { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 };

export const argocd: Preset<'argocd'> = {
  id: 'argocd',
  title: 'Argo CD',
  summary: 'Continuous delivery for Kubernetes: page, gRPC for its command line, event streams, terminal.',
  docsUrl: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/ingress/',
  // ACD: 8080 speaks everything, by default with a certificate of its own; where a proxy ends TLS the manual runs it without.
  upstream: { scheme: 'http', port: 8080 },
  // ACD: --rootpath keeps the prefix for page and API, --basehref is for pages below a stripped one.
  prefix: { modes: ['none', 'keep', 'strip'], suggestion: '/argo-cd/' },
  limits: {
    // ACD: webhook.maxPayloadSizeMB is 50; manifests pass by gRPC-web (derived).
    bodySizeMib: { value: 50, why: 'Argo CD: manifests of whole applications are sent in one body' },
    // GK: manifests of big repositories take minutes to generate.
    readTimeoutSeconds: { value: 300, why: 'Argo CD: generating manifests can take minutes' },
  },
  locations: [
    {
      // ACD: text/event-stream.
      match: { kind: 'prefix', path: '/api/v1/stream/' },
      class: 'sse',
      why: 'Argo CD: live updates come as event streams below /api/v1/stream/',
    },
    {
      // ACD: follows the log of a pod for as long as somebody looks.
      match: { kind: 'segments', path: '/api/v1/applications/*/logs' },
      class: 'sse',
      why: 'Argo CD: logs of pods are followed without end',
    },
    {
      match: { kind: 'segments', path: '/api/v1/applications/*/pods/*/logs' },
      class: 'sse',
      why: 'Argo CD: logs of pods are followed without end',
    },
    {
      // ACD: the manual's nginx samples lack the upgrade.
      match: { kind: 'exact', path: '/terminal' },
      class: 'ws',
      why: 'Argo CD: the terminal in the page comes over a WebSocket',
      limits: streams,
    },
    {
      // ACD: gRPC-web of the command line and watches, on names of gRPC services.
      match: { kind: 'header', name: 'Content-Type', startsWith: 'application/grpc-web' },
      class: 'sse',
      why: 'Argo CD: gRPC-web calls of the command line watch without end',
      limits: streams,
      // No bypass here: a sign-in that ends at a header of the client's choice would be none.
    },
    {
      // ACD: 50 MB; unauthenticated and without a rate limit of its own.
      match: { kind: 'exact', path: '/api/webhook' },
      class: 'http',
      why: 'Argo CD: hooks carry their own signature; anybody may send bodies here, so they are limited',
      limits: { bodySizeMib: 50 },
      access: 'bypass-auth',
    },
    ...bypassed,
  ],
  suggestions: [
    {
      // ACD: split by Content-Type on the same name; gRPC needs an upstream without TLS or with h2.
      match: { kind: 'header', name: 'Content-Type', startsWith: 'application/grpc' },
      class: 'grpc',
      upstream: 'grpc',
      why: 'Argo CD: its command line speaks gRPC on the same name (not with Apache: use --grpc-web there)',
      limits: streams,
    },
    {
      // ACD.
      match: { kind: 'exact', path: '/api/badge' },
      class: 'http',
      why: 'Argo CD: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  extraUpstreams: [
    // ACD: the same port; h2 with server.insecure unset.
    { name: 'grpc', scheme: 'h2c', port: 8080, why: 'Argo CD: native gRPC needs HTTP/2 to the same port' },
  ],
  extraHosts: [
    {
      // ACD: two host names are the manual's other way.
      purpose: 'grpc',
      upstream: 'grpc',
      class: 'grpc',
      limits: streams,
      access: 'bypass-auth',
      why: 'Argo CD: its command line can have a name of its own for gRPC',
    },
  ],
  upgradeAnywhere: false,
  // ACD repository.proto, cluster.proto: names repositories and clusters by their encoded address: /api/v1/repositories/https%3A%2F%2F….
  rawUri: { value: true, why: 'Argo CD: the API names repositories and clusters by encoded addresses' },
  authorization: { value: 'keep', why: 'Argo CD: command line and API send their token in Authorization' },
  requestHeaders: [],
  guardedHeaders: [],
  cookies: {
    // ACD server.go: Secure unless server.insecure is set. util/http/http.go: the cookie's path follows from --rootpath and --basehref
    // alike, without a slash at its end, so that it is left alone.
    secure: { value: true, why: 'Argo CD: marks its cookie Secure only where it does TLS itself' },
  },
  ports: [
    { port: 8080, protocol: 'tcp', purpose: 'page, API and gRPC', exposure: 'close' },
    { port: 8083, protocol: 'tcp', purpose: 'metrics', exposure: 'close' },
  ],
  // ACD: also /healthz?full=true.
  healthPath: '/healthz',
  checklist: (site) => [
    {
      // ACD argocd-cm.yaml: callbacks of SSO are built from it.
      title: 'Public address',
      detail:
        'ConfigMap argocd-cm. Sign-in providers redirect to this address + /auth/callback or /api/dex/callback.',
      code: `data:\n  url: ${publicUrl(site).replace(/\/$/, '')}`,
    },
    transport(site),
    ...subPath(site),
    commandLine(site),
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // ACD: --header for authenticating proxies.
            title: 'Command line behind a sign-in',
            detail: 'The command line answers the proxy’s sign-in with a header of its own.',
            code: 'argocd --header "Authorization: Basic …"',
          },
        ]),
    {
      // ACD: unauthenticated, no rate limit.
      title: 'Hooks',
      detail:
        'Secret argocd-secret holds webhook.github.secret and its like. Set one for every forge: /api/webhook is open to everybody.',
      copy: `${publicUrl(site)}api/webhook`,
    },
    {
      // ACD: --x-frame-options sameorigin.
      title: 'Framing',
      detail: 'Argo CD sends X-Frame-Options by itself (sameorigin); no response header is needed here.',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/healthz'), statuses: [200] },
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Argo CD' },
    // ACD version.go: without sign-in.
    { kind: 'page', path: path('/api/version'), statuses: [200], bodyIncludes: 'Version' },
  ],
};

function transport(site: Site): ChecklistItem {
  return site.upstreams[0]?.scheme === 'https'
    ? {
        // ACD: self-signed unless the secret argocd-server-tls is there.
        title: 'Certificate of Argo CD',
        detail:
          'By default it makes a certificate of its own. Put a real one into the secret argocd-server-tls and give its authority’s file to the upstream here, so that it can be checked.',
      }
    : {
        // ACD.
        title: 'No TLS of its own',
        detail:
          'ConfigMap argocd-cmd-params-cm; then restart argocd-server. Otherwise it redirects to https forever.',
        code: 'data:\n  server.insecure: "true"',
      };
}

function subPath(site: Site): readonly ChecklistItem[] {
  if (site.prefix.mode !== 'keep' && site.prefix.mode !== 'strip') return [];
  const path = site.prefix.path.replace(/\/$/, '');
  return [
    site.prefix.mode === 'keep'
      ? {
          // ACD.
          title: 'Path prefix',
          detail: 'ConfigMap argocd-cmd-params-cm; the same as the option --rootpath.',
          code: `data:\n  server.rootpath: ${path}`,
        }
      : {
          // ACD: for the page only.
          title: 'Path prefix',
          detail:
            'ConfigMap argocd-cmd-params-cm; the same as the option --basehref. It moves the page; for the command line keep the prefix instead (--rootpath).',
          code: `data:\n  server.basehref: ${path}`,
        },
  ];
}

function commandLine(site: Site): ChecklistItem {
  const extra = site.extraHosts.find((host) => host.class === 'grpc');
  const native = site.locations.some((location) => location.class === 'grpc');
  const port = portSuffix(publicAddress(site));
  const name = publicHost(site);
  const below = site.prefix.mode === 'keep' || site.prefix.mode === 'strip' ? site.prefix.path : null;
  return {
    // ACD: --grpc-web needs no HTTP/2 on the way; below a path it is the only way.
    title: 'Command line',
    detail: below
      ? 'Below a path only gRPC-web reaches Argo CD.'
      : extra
        ? 'Native gRPC has a name of its own.'
        : native
          ? 'Native gRPC passes on the same name.'
          : 'Without a gRPC location or host, the command line must use gRPC-web.',
    code: below
      ? `argocd login ${name} --grpc-web-root-path ${below.replace(/\/$/, '')}`
      : extra
        ? `argocd login ${extra.hostnames[0] ?? ''}${port}`
        : `argocd login ${name}${native ? '' : ' --grpc-web'}`,
  };
}
