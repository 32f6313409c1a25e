import { publicUrl } from '../site/public-url';
import { upstreamPort } from '../site/upstream-port';
import type { Preset } from './preset';

// Sources: LM = ohwgiles/laminar (UserManual.md and source); GK = general knowledge.

const streaming = { readTimeoutSeconds: 3600 };

export const laminar: Preset<'laminar'> = {
  id: 'laminar',
  title: 'Laminar CI',
  summary: 'Lightweight CI with a read-only page that updates itself by event streams.',
  docsUrl: 'https://laminar.ohwg.net/docs.html',
  // LM: LAMINAR_BIND_HTTP; unix:PATH is possible, unix-abstract too, but that is not for web servers (GK).
  upstream: { scheme: 'http', port: 8080 },
  // LM: LAMINAR_BASE_URL only changes links.
  prefix: { modes: ['none', 'strip'], suggestion: '/laminar/' },
  limits: {
    // LM: read-only; runs are started over RPC.
    bodySizeMib: { value: 1, why: 'Laminar: nothing is sent to it' },
  },
  locations: [
    {
      // LM http.cpp: the same addresses as the pages, told apart by Accept; a comment every 15 s, but no X-Accel-Buffering.
      match: { kind: 'header', name: 'Accept', startsWith: 'text/event-stream' },
      class: 'sse',
      why: 'Laminar: any page can be asked for as an event stream',
    },
    {
      // LM http.cpp: logs of running jobs come in chunks as they are written, as plain text.
      match: { kind: 'prefix', path: '/log/' },
      class: 'sse',
      why: 'Laminar: logs of running jobs grow while they are read',
      limits: streaming,
    },
    {
      // LM: Laminar is no file server.
      match: { kind: 'prefix', path: '/archive/' },
      class: 'download',
      why: 'Laminar: archived artefacts; serving its directory from here is faster',
    },
  ],
  suggestions: [
    {
      // LM: /badge/<job>.svg.
      match: { kind: 'prefix', path: '/badge/' },
      class: 'http',
      why: 'Laminar: badges are often shown on public pages',
      access: 'bypass-auth',
    },
  ],
  upgradeAnywhere: false,
  // LM: names of jobs are names of files.
  rawUri: { value: false, why: 'Laminar: no path needs encoded characters kept' },
  authorization: { value: 'strip', why: 'Laminar: knows no users' },
  requestHeaders: [],
  guardedHeaders: [],
  cookies: {},
  ports: [
    { port: 8080, protocol: 'tcp', purpose: 'web interface without TLS', exposure: 'close' },
    // LM: anyone who reaches it can run any job. A unix socket by default.
    { port: 9997, protocol: 'tcp', purpose: 'RPC without any sign-in, if bound to TCP', exposure: 'close' },
  ],
  healthPath: '/',
  checklist: (site) => [
    {
      // LM: default *:8080.
      title: 'Listen for the proxy only',
      detail: '/etc/laminar.conf, if Laminar runs on the machine of the web server.',
      code: `LAMINAR_BIND_HTTP=${bind(site)}`,
    },
    {
      // LM: default unix-abstract:laminar.
      title: 'Keep RPC local',
      detail:
        '/etc/laminar.conf. Over TCP anybody who reaches the port can start jobs; from elsewhere use ssh with laminarc.',
      code: 'LAMINAR_BIND_RPC=unix-abstract:laminar',
    },
    ...(site.prefix.mode === 'strip'
      ? [
          {
            // LM: becomes <base href>.
            title: 'Path prefix',
            detail: '/etc/laminar.conf. The trailing slash belongs to it.',
            code: `LAMINAR_BASE_URL=${site.prefix.path}`,
          },
        ]
      : []),
    {
      // LM: must agree with the web server.
      title: 'Artefacts',
      detail:
        'Optional: a location of class “static” for /archive/ with the directory /var/lib/laminar/archive, which the web server must be allowed to read. Then in /etc/laminar.conf:',
      code: `LAMINAR_ARCHIVE_URL=${publicUrl(site)}archive`,
    },
    ...(site.http2 && site.tls.mode !== 'none'
      ? []
      : [
          {
            // LM: browsers open six connections to a host over HTTP/1.1.
            title: 'Several pages at once',
            detail:
              'Every open page holds one event stream, and browsers open only six connections without HTTP/2: use TLS and HTTP/2.',
          },
        ]),
  ],
  probes: (path) => [
    { kind: 'page', path: path('/'), statuses: [200] },
    // LM http.cpp: the state of things comes first on every stream.
    { kind: 'event-stream', path: path('/'), firstBytesWithinSeconds: 5 },
  ],
};

function bind(site: Parameters<Preset['checklist']>[0]): string {
  const server = site.upstreams[0]?.servers[0];
  return server && 'socket' in server ? `unix:${server.socket}` : `127.0.0.1:${upstreamPort(site) ?? 8080}`;
}
