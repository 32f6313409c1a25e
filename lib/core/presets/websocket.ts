import { publicOrigin, publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset, PresetSuggestion } from './preset';

// The common subset of all presets that speak WebSockets: upgrades on any path, and an hour of silence. Sources: NGX = nginx.org
// (WebSocket proxying: 60 s of silence close a connection); RFC 6455; SIO = socket.io (behind a reverse proxy); RA = rails/rails
// (actioncable/lib/action_cable/engine.rb); GK = general knowledge.

const live = { class: 'ws', maskQuery: true } as const;

// GK: usual paths. Browsers cannot send headers with a WebSocket, so that tokens travel in the query string.
const usual: PresetSuggestion[] = [
  {
    match: { kind: 'exact', path: '/ws' },
    ...live,
    why: 'WebSocket at exactly /ws; tokens stay out of the log',
  },
  {
    match: { kind: 'prefix', path: '/ws/' },
    ...live,
    why: 'WebSockets below /ws/; tokens stay out of the log',
  },
  {
    // SIO: begins with long polling, whose answers must not be held back.
    match: { kind: 'prefix', path: '/socket.io/' },
    ...live,
    why: 'Socket.IO: long polling first, a WebSocket after that',
  },
  {
    // RA.
    match: { kind: 'exact', path: '/cable' },
    ...live,
    why: 'Action Cable of Rails: a WebSocket at exactly /cable',
  },
  {
    match: { kind: 'prefix', path: '/events/' },
    class: 'sse',
    why: 'Event streams below /events/ must not be held back',
  },
];

export const websocket: Preset<'websocket'> = {
  id: 'websocket',
  title: 'Generic WebSocket app',
  summary: 'Any application that keeps WebSockets open, on whatever path.',
  docsUrl: null,
  upstream: { scheme: 'http', port: 8080 },
  prefix: { modes: ['none', 'fixed', 'keep', 'strip', 'add', 'rewrite'] },
  limits: {
    // NGX: the same 60 s count for quiet WebSockets and for slow pages.
    readTimeoutSeconds: {
      value: 3600,
      why: 'WebSockets on any path may be quiet for an hour; with locations of class ws pages need not wait so long',
    },
    sendTimeoutSeconds: { value: 3600, why: 'WebSockets on any path may be quiet for an hour' },
  },
  locations: [],
  suggestions: usual,
  upgradeAnywhere: true,
  rawUri: { value: true, why: 'paths reach an unknown application as they were sent' },
  authorization: { value: 'keep', why: 'an unknown application may read Authorization' },
  signsIn: false,
  requestHeaders: [],
  guardedHeaders: [],
  cookies: {},
  ports: [],
  healthPath: '/',
  checklist: (site) => [
    {
      title: 'Public address',
      detail: 'Most applications have a setting for the address under which people reach them.',
      copy: publicUrl(site),
    },
    {
      // RFC 6455, 10.2: servers check Origin; the proxy hands Host and Origin on as they are.
      title: 'Allowed origin',
      detail:
        'An application that checks where WebSockets come from compares with this value. Do not switch the check off: it is what keeps other web sites from using a signed-in person’s browser.',
      copy: publicOrigin(site),
    },
    {
      title: 'Address of the WebSocket',
      detail:
        'Where scripts of the page or other clients are told an address; the path is the application’s own.',
      copy: publicUrl(site).replace(/^http/, 'ws'),
    },
    {
      // NGX: pings count as traffic.
      title: 'Pings',
      detail:
        'If the application can ping its WebSockets, let it do so every 30 seconds: pings pass every proxy on the way before it gives up on a quiet connection.',
    },
    {
      title: 'Listen on the loopback address only',
      detail:
        'If the application runs on the machine of the web server, nobody else should reach it directly.',
      copy: `127.0.0.1:${upstreamPort(site) ?? 8080}`,
    },
    ...((site.upstreams[0]?.servers.length ?? 1) > 1
      ? [
          {
            // SIO: long polling needs the same node each time.
            title: 'Several servers',
            detail:
              'Socket.IO and its like need every request of one client at the same server: choose the policy “client-address” or “cookie” of the upstream.',
          },
        ]
      : []),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/'), statuses: [200, 204, 301, 302, 303, 307, 308, 400, 401, 403, 404, 426] },
  ],
};
