import { publicAddress, publicOrigin } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import { publicHost } from './parts/public-host';
import type { Preset, PresetLocation } from './preset';

// Sources: DR = drone/docs; DRsrc = drone/drone 2.0.4 source, and docker/Dockerfile.server.linux.amd64 of 2.9.1; GK = general knowledge.
// Drone's manual has no page about reverse proxies.

const ownAuthentication = 'Drone: runners, hooks, the forge and badges have their own authentication';

const bypassed: PresetLocation[] = [
  // DRsrc: signed by the forge.
  { kind: 'exact', path: '/hook' } as const,
  // DRsrc: OAuth.
  { kind: 'exact', path: '/login' } as const,
  // DRsrc: answer without sign-in.
  { kind: 'exact', path: '/healthz' } as const,
  { kind: 'exact', path: '/version' } as const,
].map((match) => ({
  match,
  class: 'http',
  why: ownAuthentication,
  // The forge's one-time code and some hooks' secrets come in the query string.
  ...(match.path === '/login' || match.path === '/hook' ? { maskQuery: true } : {}),
  access: 'bypass-auth',
}));

/** DRsrc: runners poll with DRONE_RPC_SECRET; a request waits 30 s for work. Logs of a step are sent in one body. */
const runners: Omit<PresetLocation, 'match'> = {
  class: 'upload',
  why: 'Drone: runners wait for work and send logs here, with their own secret',
  limits: { bodySizeMib: 100, readTimeoutSeconds: 300, sendTimeoutSeconds: 300 },
  access: 'bypass-auth',
};

export const drone: Preset<'drone'> = {
  id: 'drone',
  title: 'Drone',
  summary: 'Container-native CI whose runners poll over plain http.',
  docsUrl: 'https://docs.drone.io/server/ha/load-balancing/',
  // DRsrc Dockerfile: 80 in the container; GK: usually published on another port of the machine.
  upstream: { scheme: 'http', port: 8080 },
  // DRsrc: routes are fixed at the root.
  prefix: { modes: ['none'] },
  limits: {
    // Hooks of big pushes carry several MB (derived).
    bodySizeMib: { value: 25, why: 'Drone: hooks of big pushes can carry several MB' },
  },
  locations: [
    {
      // DRsrc: /api/stream and /api/stream/<owner>/<repo>/…, X-Accel-Buffering: no.
      match: { kind: 'exact', path: '/api/stream' },
      class: 'sse',
      why: 'Drone: events come as an event stream',
    },
    {
      match: { kind: 'prefix', path: '/api/stream/' },
      class: 'sse',
      why: 'Drone: logs come as event streams below /api/stream/',
    },
    { match: { kind: 'prefix', path: '/rpc/' }, ...runners },
    { match: { kind: 'exact', path: '/rpc' }, ...runners, why: 'Drone: runners before version 1 speak here' },
    ...bypassed,
  ],
  suggestions: [
    {
      // DRsrc: /api/badges/<owner>/<repo>/status.svg.
      match: { kind: 'prefix', path: '/api/badges/' },
      class: 'http',
      why: 'Drone: badges are often shown on public pages',
      access: 'bypass-auth',
    },
    {
      // DRsrc: beside /healthz and /version, not behind the API's sign-in.
      match: { kind: 'exact', path: '/varz' },
      class: 'deny',
      why: 'Drone: internal counters that nobody outside needs',
    },
    {
      // DRsrc: bearer token of a machine account.
      match: { kind: 'exact', path: '/metrics' },
      class: 'http',
      why: 'Drone: Prometheus brings a token of its own',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // DRsrc: no route carries encoded slashes.
  rawUri: { value: false, why: 'Drone: no path needs encoded characters kept' },
  authorization: { value: 'keep', why: 'Drone: API tokens travel in Authorization' },
  requestHeaders: [],
  // DRsrc: nothing beside the forwarded headers, which are set for every site.
  guardedHeaders: [],
  cookies: {
    // DR: DRONE_COOKIE_SECURE; DRsrc: Secure only if the setting says so.
    secure: {
      value: true,
      why: 'Drone: marks its session cookie Secure only where DRONE_COOKIE_SECURE is set',
    },
  },
  ports: [
    // GK: the published port of the container.
    { port: 8080, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
  ],
  // DRsrc.
  healthPath: '/healthz',
  checklist: (site) => {
    const { scheme } = publicAddress(site);
    return [
      {
        // DR: host only, no scheme and no path.
        title: 'Public address',
        detail: 'Environment of the server: the name without https://.',
        code: `DRONE_SERVER_HOST=${publicHost(site)}\nDRONE_SERVER_PROTO=${scheme}`,
      },
      {
        // DR: DRONE_TLS_AUTOCERT off behind a proxy.
        title: 'No certificate of its own',
        detail: 'Environment of the server: the web server ends TLS.',
        code: `DRONE_TLS_AUTOCERT=false${scheme === 'https' ? '\nDRONE_COOKIE_SECURE=true' : ''}`,
      },
      {
        // DRsrc Dockerfile.
        title: 'Publish on the loopback address only',
        detail: 'docker run, if Drone runs on the machine of the web server: Docker’s ports pass by ufw.',
        code: `--publish=127.0.0.1:${upstreamPort(site) ?? 8080}:80`,
      },
      {
        // DR.
        title: 'OAuth callback in the forge',
        detail: 'Redirect address of the OAuth application.',
        copy: `${publicOrigin(site)}/login`,
      },
      {
        // DR.
        title: 'Runners',
        detail: 'Environment of the runners. They use the public address; no other port is needed.',
        code: `DRONE_RPC_PROTO=${scheme}\nDRONE_RPC_HOST=${publicHost(site)}`,
      },
    ];
  },
  probes: (path) => [
    { kind: 'page', path: path('/healthz'), statuses: [200] },
    { kind: 'page', path: path('/version'), statuses: [200], bodyIncludes: 'version' },
  ],
};
