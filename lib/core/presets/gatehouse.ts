import { publicOrigin } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset } from './preset';

// Sources: this repository (lib/server/platform/env.ts, lib/server/door, lib/api/contract, scripts/server.mjs, docs/guide.md).
export const gatehouse: Preset<'gatehouse'> = {
  id: 'gatehouse',
  title: 'Gatehouse',
  summary: 'This dashboard itself, with live steps of applies as event streams.',
  docsUrl: null,
  // env.ts: HOST 127.0.0.1, PORT 3000.
  upstream: { scheme: 'http', port: 3000 },
  // env.ts: GATEHOUSE_PUBLIC_URL is an origin without a path.
  prefix: { modes: ['none'] },
  limits: {
    // door/read-input.ts: 1 MiB; one more lets its own message through.
    bodySizeMib: { value: 2, why: 'Gatehouse: takes 1 MiB and says so itself' },
    // ssh: a host may be silent for 90 s while a plan or a check list is made.
    readTimeoutSeconds: { value: 180, why: 'Gatehouse: plans and check lists wait for slow hosts' },
  },
  locations: [
    {
      // contract/applies.ts; door/event-stream.ts: a heartbeat every 15 s, X-Accel-Buffering: no.
      match: { kind: 'segments', path: '/api/v1/teams/*/applies/*/events' },
      class: 'sse',
      why: 'Gatehouse: steps of an apply come live as an event stream',
    },
    {
      // app/api/health: tells nobody more than that.
      match: { kind: 'exact', path: '/api/health' },
      class: 'http',
      why: 'Gatehouse: health check',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // contract: ids are plain.
  rawUri: { value: false, why: 'Gatehouse: no path needs encoded characters kept' },
  // door/authenticate.ts: any Authorization is taken for an API token.
  authorization: { value: 'keep', why: 'Gatehouse: API tokens travel in Authorization' },
  requestHeaders: [],
  // scripts/server.mjs: removes X-Gatehouse-Address and all forwarded headers itself, and believes X-Forwarded-For from named proxies.
  guardedHeaders: [],
  // auth.ts: HttpOnly, SameSite=Lax, and Secure where the public address is https.
  cookies: {},
  ports: [{ port: 3000, protocol: 'tcp', purpose: 'dashboard without TLS', exposure: 'close' }],
  healthPath: '/api/health',
  checklist: (site) => [
    {
      // env.ts; door/same-origin.ts compares Origin with it.
      title: 'Public address',
      detail:
        'Environment of Gatehouse. Cookies become Secure by it, and changes from any other address are refused.',
      code: `GATEHOUSE_PUBLIC_URL=${publicOrigin(site)}`,
    },
    {
      // scripts/client-address.mjs.
      title: 'Believe the proxy’s client addresses',
      detail:
        'Environment of Gatehouse: the web server’s address as Gatehouse sees it. Sign-in is limited per address, so without this one person’s mistakes lock everybody out.',
      code: 'GATEHOUSE_TRUSTED_PROXIES=127.0.0.1,::1',
    },
    {
      title: 'Listen on the loopback address only',
      detail: 'The default. If Gatehouse runs on another machine, let only the web server reach the port.',
      code: `HOST=127.0.0.1\nPORT=${upstreamPort(site) ?? 3000}`,
    },
    ...(site.hsts
      ? [
          {
            // scripts/security-headers.mjs.
            title: 'One sender of HSTS',
            detail:
              'Gatehouse sends Strict-Transport-Security by itself (two years) once its public address is https; leave HSTS of this site empty.',
          },
        ]
      : []),
    {
      // docs/guide.md: keep on trial.
      title: 'Do not saw off the branch',
      detail:
        'This site is the way to the dashboard. Apply changes to it “on trial”: the host undoes them by itself unless somebody still gets through to confirm. Keep the loopback address reachable by ssh -L.',
    },
    ...(site.access.auth.mode === 'none'
      ? []
      : [
          {
            // door/authenticate.ts.
            title: 'Scripts behind the sign-in',
            detail:
              'API tokens travel in Authorization, which the proxy’s sign-in wants for itself: scripts cannot pass both. Limit addresses instead, or let scripts reach Gatehouse past this web server.',
          },
        ]),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/api/health'), statuses: [200], bodyIncludes: '"status":"ok"' },
    { kind: 'page', path: path('/'), statuses: [200, 302, 303, 307] },
    // The door answers every operation, and none without a sign-in.
    { kind: 'page', path: path('/api/v1/session'), statuses: [401] },
  ],
};
