import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset, PresetLocation } from './preset';

// Sources: ATL = runatlantis/atlantis (docs, server/server.go, middleware.go, controllers/api_controller.go); GK = general knowledge.

const api = {
  class: 'http',
  why: 'Atlantis: its API wants a token of its own and answers when the plan is done',
  access: 'bypass-auth',
  limits: { readTimeoutSeconds: 3600 },
} as const;

// ATL middleware.go: what its own --web-basic-auth leaves open, but for /api/locks.
const open: PresetLocation[] = [
  {
    // ATL: POST, signed with the webhook secret; GK: GitHub sends up to 25 MB. Azure DevOps signs in with Basic here.
    match: { kind: 'exact', path: '/events' },
    class: 'http',
    why: 'Atlantis: webhooks carry a secret of their own, and some of them a password',
    access: 'bypass-auth',
  },
  {
    // ATL: closed until api-secret is set, then X-Atlantis-Token; a plan can take minutes and answers at its end. Not all of /api/:
    // /api/locks answers everybody with the names of repositories, pull requests and people.
    match: { kind: 'exact', path: '/api/plan' },
    ...api,
  },
  { match: { kind: 'exact', path: '/api/apply' }, ...api },
  { match: { kind: 'prefix', path: '/api/drift/' }, ...api },
  ...['/healthz', '/readyz', '/status'].map(
    (path): PresetLocation => ({
      match: { kind: 'exact', path },
      class: 'http',
      why: 'Atlantis: health checks',
      access: 'bypass-auth',
    }),
  ),
];

export const atlantis: Preset<'atlantis'> = {
  id: 'atlantis',
  title: 'Atlantis',
  summary: 'Terraform pull request automation: webhooks, locks and live plan output.',
  docsUrl: 'https://www.runatlantis.io/docs/security.html',
  // ATL: --port.
  upstream: { scheme: 'http', port: 4141 },
  // ATL: the path of --atlantis-url only changes links; the routes stay at the root.
  prefix: { modes: ['none', 'strip'], suggestion: '/atlantis/' },
  limits: {
    bodySizeMib: { value: 32, why: 'Atlantis: webhooks can carry 25 MB' },
  },
  locations: [
    {
      // ATL: /jobs/<id>/ws.
      match: { kind: 'segments', path: '/jobs/*/ws' },
      class: 'ws',
      why: 'Atlantis: live output of plans comes over a WebSocket',
    },
    ...open,
  ],
  suggestions: [
    {
      // ATL: names and locks of pull requests, for Prometheus.
      match: { kind: 'exact', path: '/metrics' },
      class: 'deny',
      why: 'Atlantis: metrics are open to everybody who reaches it',
    },
  ],
  upgradeAnywhere: false,
  // ATL: lock ids travel in the query string.
  rawUri: { value: false, why: 'Atlantis: no path needs encoded characters kept' },
  // ATL: Azure DevOps signs in to /events with Basic; --web-basic-auth.
  authorization: {
    value: 'keep',
    why: 'Atlantis: webhooks of Azure DevOps bring a password, and so does its own sign-in',
  },
  // ATL: --web-basic-auth is off by default.
  signsIn: false,
  requestHeaders: [],
  // ATL: believes no header; --websocket-check-origin compares Origin with Host, which is the public name.
  guardedHeaders: [],
  cookies: {},
  ports: [{ port: 4141, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' }],
  // ATL.
  healthPath: '/healthz',
  checklist: (site) => [
    {
      // ATL: scheme, port and base path.
      title: 'Public address',
      detail:
        'Environment or option --atlantis-url, with the path if there is one. Links in pull requests use it.',
      code: `ATLANTIS_ATLANTIS_URL=${publicUrl(site).replace(/\/$/, '')}`,
    },
    {
      // ATL: POST /events.
      title: 'Webhook',
      detail:
        'Address in the settings of the repositories. Without a secret anybody can run plans: set the one of your forge, such as ATLANTIS_GH_WEBHOOK_SECRET.',
      copy: `${publicUrl(site)}events`,
    },
    {
      // ATL server.go: --port; it listens on every address and has no option for one.
      title: 'Keep the port to the proxy',
      detail: `Atlantis listens on every address. Close port ${upstreamPort(site) ?? 4141} in the firewall; with Docker publish it on 127.0.0.1 only: Docker’s ports pass by ufw.`,
      code: `127.0.0.1:${upstreamPort(site) ?? 4141}:${upstreamPort(site) ?? 4141}`,
    },
    site.access.auth.mode === 'none' && site.access.ip.allow.length === 0
      ? {
          // ATL: default user and password are atlantis/atlantis.
          title: 'Protect the pages',
          detail:
            'Locks and plan output are open to everybody who reaches Atlantis. Use a sign-in or allowed addresses here, or Atlantis’ own with a password that is not its default.',
          code: 'ATLANTIS_WEB_BASIC_AUTH=true\nATLANTIS_WEB_USERNAME=…\nATLANTIS_WEB_PASSWORD=…',
        }
      : {
          title: 'One sign-in',
          detail:
            'The proxy protects the pages; leave Atlantis’ own sign-in off, or people meet two of them.',
          code: 'ATLANTIS_WEB_BASIC_AUTH=false',
        },
    {
      // ATL: off by default.
      title: 'Check where WebSockets come from',
      detail: 'The proxy hands on the public name, so that Atlantis can compare it with the page’s.',
      code: 'ATLANTIS_WEBSOCKET_CHECK_ORIGIN=true',
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/healthz'), statuses: [200], bodyIncludes: 'ok' },
    // ATL: 401 with its own sign-in.
    { kind: 'page', path: path('/'), statuses: [200, 401] },
    // ATL: takes POST only, and must never ask for the proxy's password.
    { kind: 'page', path: path('/events'), statuses: [404, 405] },
  ],
};
