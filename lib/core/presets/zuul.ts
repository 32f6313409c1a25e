import { publicOrigin, publicUrl } from '../site/public-url';
import type { Site } from '../site/schema';
import { upstreamPort } from '../site/upstream-port';
import type { ChecklistItem, Preset } from './preset';

// Sources: ZU = Zuul's installation reference, "Web Deployment Options"; ZA = its page "Authenticated Access"; GK = general knowledge.

const consoles = 'Zuul: consoles of running jobs come over a WebSocket';
/** GK: a job may be silent for as long as its longest task. */
const quiet = { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 };

export const zuul: Preset<'zuul'> = {
  id: 'zuul',
  title: 'Zuul',
  summary: 'Project gating system with tenants, live consoles and hooks of several forges.',
  docsUrl: 'https://zuul-ci.org/docs/zuul/latest/installation.html#web-deployment-options',
  // ZU: zuul-web.
  upstream: { scheme: 'http', port: 9000 },
  // ZU: below a path only after the dashboard was built for it; rewrite is the white label for one tenant.
  prefix: { modes: ['none', 'strip', 'rewrite'], suggestion: '/zuul/' },
  limits: {
    // GK: GitHub sends payloads of up to 25 MB.
    bodySizeMib: { value: 25, why: 'Zuul: hooks can carry up to 25 MB' },
  },
  locations: [
    {
      // ZU: one for every tenant.
      match: { kind: 'segments', path: '/api/tenant/*/console-stream' },
      class: 'ws',
      why: consoles,
      limits: quiet,
    },
    {
      // ZU: the same in a white-label installation, where the proxy adds the tenant.
      match: { kind: 'exact', path: '/api/console-stream' },
      class: 'ws',
      why: consoles,
      limits: quiet,
    },
    {
      // ZU: must not be moved below a tenant; signed by the forge.
      match: { kind: 'segments', path: '/api/connection/*/payload' },
      class: 'http',
      why: 'Zuul: hooks of the forges have their own signature',
      access: 'bypass-auth',
    },
    {
      match: { kind: 'exact', path: '/api/info' },
      class: 'http',
      why: 'Zuul: answers to everybody, and monitors ask here',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // ZU, GK: badges of a tenant's pipelines.
      match: { kind: 'segments', path: '/api/tenant/*/badge' },
      class: 'http',
      why: 'Zuul: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // ZU, GK: projects stand in paths as opendev.org%2Fzuul%2Fzuul or plain; back-references of mod_rewrite would decode them.
  rawUri: { value: true, why: 'Zuul: names of projects and jobs carry encoded slashes' },
  // ZA: JSON web tokens of the administration API.
  authorization: { value: 'keep', why: 'Zuul: its administration API reads Authorization: Bearer' },
  requestHeaders: [],
  // ZU: nothing beside the forwarded headers, which are set for every site.
  guardedHeaders: [],
  // ZU: zuul-web has no session; tokens are kept by the page.
  cookies: {},
  ports: [
    { port: 9000, protocol: 'tcp', purpose: 'zuul-web without TLS', exposure: 'close' },
    // ZU: the finger protocol is not http.
    { port: 79, protocol: 'tcp', purpose: 'finger gateway, for people who use it', exposure: 'agents' },
    {
      port: 7900,
      protocol: 'tcp',
      purpose: 'log streaming of the executors, for zuul-web',
      exposure: 'agents',
    },
    {
      port: 19885,
      protocol: 'tcp',
      purpose: 'log streaming of the nodes, for the executors',
      exposure: 'agents',
    },
  ],
  // GK: answers without sign-in; rewritten to the tenant's own in a white-label installation.
  healthPath: '/api/info',
  checklist: (site) => [
    {
      // GK: [web] root.
      title: 'Public address',
      detail: 'zuul.conf of zuul-web and of the scheduler. Links in reports to the forge begin with it.',
      code: `[web]\nroot=${publicUrl(site)}`,
    },
    {
      // ZU: listen_address, port.
      title: 'Listen on the loopback address only',
      detail: 'zuul.conf, if zuul-web runs on the machine of the web server.',
      code: `[web]\nlisten_address=127.0.0.1\nport=${upstreamPort(site) ?? 9000}`,
    },
    {
      // ZU.
      title: 'Hooks',
      detail: 'Address for the forge; the last part but one is the name of the connection in zuul.conf.',
      copy: `${publicOrigin(site)}${site.prefix.mode === 'strip' ? site.prefix.path : '/'}api/connection/github/payload`,
    },
    ...mode(site),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/info'), statuses: [200], bodyIncludes: 'info' },
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Zuul' },
  ],
};

function mode({ prefix }: Site): readonly ChecklistItem[] {
  if (prefix.mode === 'strip') {
    return [
      {
        // ZU: Sub-URL.
        title: 'Build the dashboard for its path',
        detail:
          'The dashboard as it comes works at the root of a name only. Set “homepage” in web/package.json, build it again and install zuul-web with it.',
        code: `"homepage": "${prefix.path}"`,
      },
    ];
  }
  if (prefix.mode !== 'rewrite') return [];
  const connections = prefix.rules.some(({ from, to }) => from === '/api/connection/' && to === from);
  return [
    {
      // ZU: White-label tenant.
      title: 'White label',
      detail: connections
        ? 'Every address below /api/ belongs to the tenant of the rule; hooks keep theirs. Deny /api/tenant/ so that other tenants do not answer here.'
        : 'Add a rule from /api/connection/ to /api/connection/: hooks must not be moved below a tenant.',
    },
  ];
}
