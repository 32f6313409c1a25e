import { publicHost } from './parts/public-host';
import type { Preset, PresetLocation } from './preset';

// Sources: TK = tektoncd/dashboard (docs/install.md, pkg/router); KUBE = Kubernetes' page on user impersonation; GK = general knowledge.

/** TK: watches and logs have no end; they carry ?watch=true and ?follow=true, which no path tells. */
const watches: Omit<PresetLocation, 'match'> = {
  class: 'ws',
  why: 'Tekton Dashboard: Kubernetes watches come over WebSockets, logs of pods as endless answers',
  limits: { readTimeoutSeconds: 3600, sendTimeoutSeconds: 3600 },
};

export const tekton: Preset<'tekton'> = {
  id: 'tekton',
  title: 'Tekton Dashboard',
  summary: 'Page for Tekton pipelines on Kubernetes; it has no sign-in of its own.',
  docsUrl: 'https://github.com/tektoncd/dashboard/blob/main/docs/install.md',
  // TK.
  upstream: { scheme: 'http', port: 9097 },
  // TK: works below any stripped prefix; the page must be opened with the trailing slash.
  prefix: { modes: ['none', 'strip'], suggestion: '/tekton/' },
  limits: {},
  locations: [
    { match: { kind: 'prefix', path: '/apis/' }, ...watches },
    { match: { kind: 'prefix', path: '/api/' }, ...watches },
    {
      // TK pkg/router: answer without sign-in.
      match: { kind: 'exact', path: '/health' },
      class: 'http',
      why: 'Tekton Dashboard: monitors ask here',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/readiness' },
      class: 'http',
      why: 'Tekton Dashboard: monitors ask here',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // TK: an install with write access; GK: name of the resource.
      match: { kind: 'segments', path: '/api/v1/namespaces/*/secrets' },
      class: 'deny',
      why: 'Tekton Dashboard: where it may read secrets, people behind the proxy need not',
    },
  ],
  upgradeAnywhere: false,
  // TK: names of Kubernetes need no escapes.
  rawUri: { value: false, why: 'Tekton Dashboard: names of Kubernetes objects need no encoded characters' },
  // TK: passes Authorization on to the Kubernetes API, so the proxy's password would end up there.
  authorization: {
    value: 'strip',
    why: 'Tekton Dashboard: has no sign-in of its own, and hands Authorization on to the Kubernetes API',
  },
  // TK: mutating requests need Tekton-Client, which passes as every header does that nobody names.
  requestHeaders: [],
  // TK: passed on to the Kubernetes API, where the dashboard's own rights would let them count (derived, KUBE).
  guardedHeaders: ['Impersonate-User', 'Impersonate-Group', 'Impersonate-Uid'].map((name) => ({
    name,
    why: 'Tekton Dashboard: hands this header on to the Kubernetes API, which lets people be somebody else',
  })),
  // TK: Kubernetes then knows who it is; the dashboard's account needs the right to impersonate.
  userHeader: {
    name: 'Impersonate-User',
    why: 'Tekton Dashboard: hands Impersonate-User on to the Kubernetes API, which then applies that person’s rights',
  },
  // TK: no session.
  cookies: {},
  ports: [{ port: 9097, protocol: 'tcp', purpose: 'page and access to the cluster', exposure: 'close' }],
  // TK.
  healthPath: '/health',
  checklist: (site) => [
    {
      // TK: default install is read-only.
      title: 'Read-only unless everybody may change things',
      detail:
        'Anyone who reaches the dashboard has its rights in the cluster. The release below can only read; let people sign in at the proxy before installing the full one.',
      code: 'kubectl apply -f https://infra.tekton.dev/tekton-releases/dashboard/latest/release.yaml',
    },
    {
      // TK docs/install.md: service tekton-dashboard in tekton-pipelines.
      title: 'Reachable for the web server only',
      detail:
        'Publish the service tekton-dashboard to the web server’s machine and to nobody else: a NetworkPolicy, or a node port behind a firewall.',
    },
    {
      // TK: upgrades are refused with 403 unless Origin and Host name the same place.
      title: 'Host must stay as it is',
      detail:
        site.hostHeader === 'public'
          ? 'Live updates are refused (403) unless Host is the address in the browser. This site passes it on; every proxy in front must do so too.'
          : 'Live updates are refused (403) unless Host is the address in the browser: set “Host header” of this site to the public name.',
      copy: publicHost(site),
    },
    ...(site.access.userHeader
      ? [
          {
            // KUBE: verb impersonate.
            title: 'Let the dashboard speak for people',
            detail:
              'The account tekton-dashboard needs the right to impersonate users, and those users need rights of their own.',
            code: 'kubectl create clusterrole tekton-dashboard-impersonate --verb=impersonate --resource=users\nkubectl create clusterrolebinding tekton-dashboard-impersonate --clusterrole=tekton-dashboard-impersonate --serviceaccount=tekton-pipelines:tekton-dashboard',
          },
        ]
      : []),
    ...(site.access.auth.mode === 'none'
      ? [
          {
            title: 'Nobody signs in here',
            detail:
              'The dashboard has no sign-in, and this site asks for none: everybody who reaches it sees the logs of all pipelines. Add a sign-in or limit addresses.',
          },
        ]
      : []),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/health'), statuses: [200, 204] },
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Tekton' },
  ],
};
