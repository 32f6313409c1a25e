import { publicUrl } from '../site/public-url';
import { isOlder } from './app-version';
import type { Preset } from './preset';

// Sources: BB = github buildbot/buildbot (docs, master/buildbot/www, www/*/src); MAN = Buildbot manual, "Web Server";
// DO = DigitalOcean's "Configure Buildbot with SSL using an Nginx reverse proxy".
export const buildbot: Preset<'buildbot'> = {
  id: 'buildbot',
  title: 'Buildbot',
  summary: 'Python-based CI framework with a web UI, WebSocket and event streams.',
  docsUrl: 'https://docs.buildbot.net/latest/manual/configuration/www.html',
  // DO: samples use 8010; no web server by default (MAN).
  upstream: { scheme: 'http', port: 8010 },
  // MAN, BB: the UI is relative to location.pathname; the proxy strips the prefix, only buildbotURL tells the application.
  prefix: { modes: ['none', 'strip'], suggestion: '/buildbot/' },
  limits: {
    // Change hooks can be several MB; builds' own data go another way (derived).
    bodySizeMib: { value: 25, why: 'Buildbot: change hooks can carry several MB' },
  },
  locations: [
    {
      // MAN, BB WebSocketClient.ts: exactly /ws, without a trailing slash. Timeout as in the manual's sample.
      match: { kind: 'exact', path: '/ws' },
      class: 'ws',
      why: 'Buildbot: live updates come over a WebSocket at exactly /ws',
      limits: { readTimeoutSeconds: 6000 },
    },
    {
      // MAN, BB sse.py: /sse/listen, /sse/add, /sse/remove; Buildbot sends no X-Accel-Buffering.
      match: { kind: 'prefix', path: '/sse/' },
      class: 'sse',
      why: 'Buildbot: event streams below /sse/ must not be buffered',
      limits: { readTimeoutSeconds: 6000 },
    },
    {
      // BB wwwhooks.rst: own authentication (www.change_hook_auth or a secret per dialect).
      match: { kind: 'prefix', path: '/change_hook/' },
      class: 'http',
      why: 'Buildbot: change hooks have their own authentication',
      access: 'bypass-auth',
    },
  ],
  suggestions: [
    {
      // MAN: plugin buildbot-badges.
      match: { kind: 'prefix', path: '/plugins/badges/' },
      class: 'http',
      why: 'Buildbot: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // BB: no route carries encoded slashes.
  rawUri: { value: false, why: 'Buildbot: no path needs encoded characters kept' },
  // BB auth.py: some authentication plug-ins take the password themselves.
  authorization: { value: 'keep', why: 'Buildbot: change hooks and sign-in plug-ins read Authorization' },
  requestHeaders: [],
  // MAN, BB auth.py: RemoteUserAuth believes its header from anybody.
  guardedHeaders: [{ name: 'REMOTE_USER', why: 'Buildbot: RemoteUserAuth believes this header' }],
  userHeader: { name: 'REMOTE_USER', why: 'Buildbot: util.RemoteUserAuth reads REMOTE_USER' },
  cookies: {
    // BB service.py: Secure only if Twisted itself saw TLS.
    secure: { value: true, why: 'Buildbot: marks its session cookie Secure only when it does TLS itself' },
    httpOnly: { value: true, why: 'Buildbot: no script reads the session cookie' },
    // BB service.py: path=/.
    rewritePath: { value: true, why: 'Buildbot: sets its session cookie for the path /' },
  },
  ports: [
    { port: 8010, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // DO, BB global.rst: PB is a binary protocol with long-lived connections.
    { port: 9989, protocol: 'tcp', purpose: 'workers (PB protocol)', exposure: 'agents' },
  ],
  // BB service.py: /api is mounted; unauthenticated unless authz forbids.
  healthPath: '/api/v2',
  checklist: (site) => [
    {
      // DO, MAN: https scheme, trailing slash, no backend port. BB rest.py: the Origin check compares with it.
      title: 'Public address',
      detail:
        'In master.cfg. The trailing slash is required. With another scheme, name or port the page shows a red warning and the force and stop buttons answer “invalid origin”.',
      code: `c['buildbotURL'] = '${publicUrl(site)}'`,
    },
    {
      // MAN: any Twisted endpoint string.
      title: 'Listen on the loopback address only',
      detail: 'If Buildbot runs on the machine of the web server, nobody else should reach it directly.',
      code: `c['www']['port'] = 'tcp:${tcpPort(site) ?? 8010}:interface=127.0.0.1'`,
    },
    // MAN, BB relnotes: 0 = off by default; in 3.0.0 but broken until 3.1.1.
    isOlder(site.appVersion, '3.1.1')
      ? {
          title: 'Quiet WebSockets',
          detail:
            'This version cannot ping its WebSockets (since 3.1.1); the long read timeout keeps them open instead.',
        }
      : {
          title: 'Keep quiet WebSockets open',
          detail: 'Pings pass every proxy on the way before its idle timeout.',
          code: "c['www']['ws_ping_interval'] = 30",
        },
    ...(site.prefix.mode === 'strip' ? subPath(site.appVersion) : []),
    ...(site.access.userHeader
      ? [
          {
            // MAN, BB auth.py: the default pattern wants user@realm; plain names give 403.
            title: 'Believe the proxy’s sign-in',
            detail:
              'The default pattern expects user@realm, so plain names need this one. Nobody may reach Buildbot past the proxy.',
            code: `c['www']['auth'] = util.RemoteUserAuth(header='${site.access.userHeader.name}', headerRegex=r'(?P<username>.+)')`,
          },
        ]
      : []),
    {
      // DO, BB: PB never goes through an http proxy.
      title: 'Workers',
      detail: 'Workers connect straight to port 9989; open it to their networks only.',
      code: "c['protocols'] = {'pb': {'port': 9989}}",
    },
  ],
  probes: (path) => [
    { kind: 'page', path: path('/'), statuses: [200], bodyIncludes: 'Buildbot' },
    // Tried with 3.7: a trailing slash answers 404, and a client that does not ask for JSON gets text/plain.
    { kind: 'page', path: path('/api/v2'), statuses: [200], bodyIncludes: 'rootlinks' },
    { kind: 'websocket', path: path('/ws'), sends: '{"cmd":"ping","_id":1}', frame: true },
    { kind: 'event-stream', path: path('/sse/listen/builds/*/*'), firstBytesWithinSeconds: 5 },
  ],
};

function subPath(version: string | undefined) {
  // BB relnotes: React UI below a path fixed in 3.11.6 and 4.0.1, its login in 4.0.3.
  if (version === undefined || !isOlder(version, '4.0.3')) return [];
  return [
    {
      title: 'Update Buildbot for a path prefix',
      detail: 'The web interface works below a path since 3.11.6 and 4.0.1, signing in there since 4.0.3.',
    },
  ];
}

function tcpPort(site: Parameters<Preset['checklist']>[0]): number | undefined {
  const server = site.upstreams[0]?.servers[0];
  return server && 'port' in server ? server.port : undefined;
}
