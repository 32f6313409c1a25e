import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { ProbeSpec } from '#core/presets/probe-spec';
import { Site } from '#core/site/schema';
import { openReach } from '../../hosts/reach';
import { probeSite } from './probe-site';

/** A web server with one page per thing that can be wrong. */
function answer(request: IncomingMessage, response: ServerResponse) {
  const host = request.headers.host ?? '';
  const forwarded = request.headers['x-forwarded-host'];
  const pages: Record<string, () => void> = {
    '/': () => response.end('<title>Buildbot</title>'),
    '/broken': () => response.writeHead(502).end(),
    '/sse': () => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write('event: handshake\n\n');
    },
    '/sse-held-back': () => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders(),
    '/sse-ended': () => response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(),
    '/redirect': () => response.writeHead(301, { Location: 'https://ci.example.com/' }).end(),
    '/believes': () => response.writeHead(302, { Location: `http://${forwarded ?? host}/` }).end(),
    '/echoes': () => response.end(`you are at ${forwarded ?? host}`),
    '/vhost': () => response.end(host.startsWith('ci.example.com') ? 'mine' : 'somebody else'),
  };
  (pages[request.url ?? ''] ?? (() => response.writeHead(404).end()))();
}

let server: Server;
let port: number;
/** Nobody listens on the port of the discard service here. */
const closedPort = 9;
beforeAll(async () => {
  server = createServer(answer);
  const sockets = new WebSocketServer({ server, path: '/ws' });
  sockets.on('connection', (socket) => socket.on('message', (text) => socket.send(`echo ${text}`)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const site = () =>
  Site.parse({
    schemaVersion: 1,
    name: 'ci',
    preset: 'generic',
    hostnames: ['ci.example.com'],
    httpPort: port,
    tls: { mode: 'none' },
    upstreams: [{ servers: [{ address: '127.0.0.1', port: 8010 }] }],
  });
const reachable = () =>
  openReach({ address: '127.0.0.1', forward: () => Promise.reject(new Error('nobody forwards')) }, [port]);

async function probe(spec: ProbeSpec) {
  const [outcome] = await probeSite(site(), [spec], reachable());
  return outcome;
}
const page = (path: string, more: Partial<Extract<ProbeSpec, { kind: 'page' }>> = {}): ProbeSpec => ({
  kind: 'page',
  path,
  statuses: [200],
  ...more,
});
const forged = { 'X-Forwarded-Host': 'evil.example.net' };

describe('a probe passes only when what it promises is there', () => {
  const cases: [string, ProbeSpec, 'passed' | 'failed', RegExp][] = [
    ['page', page('/', { bodyIncludes: 'Buildbot' }), 'passed', /200/],
    [
      'page of another application',
      page('/', { bodyIncludes: 'Jenkins' }),
      'failed',
      /not the expected application/,
    ],
    ['upstream down', page('/broken'), 'failed', /502 .*upstream does not answer/],
    ['nothing there', page('/nothing'), 'failed', /404/],
    ['wrong type', page('/sse-ended', { contentType: 'text/html' }), 'failed', /instead of text\/html/],
    ['websocket answering a ping', { kind: 'websocket', path: '/ws', frame: true }, 'passed', /pong/],
    ['websocket echo', { kind: 'websocket', path: '/ws', frame: true, sends: 'x' }, 'passed', /text frame/],
    ['no websocket', { kind: 'websocket', path: '/', frame: false }, 'failed', /instead of switching/],
    [
      'event stream',
      { kind: 'event-stream', path: '/sse', firstBytesWithinSeconds: 5 },
      'passed',
      /stays open/,
    ],
    [
      'event stream held back',
      { kind: 'event-stream', path: '/sse-held-back', firstBytesWithinSeconds: 1 },
      'failed',
      /within 1 s/,
    ],
    [
      'event stream without an event',
      { kind: 'event-stream', path: '/sse-ended', firstBytesWithinSeconds: 5 },
      'failed',
      /without an event/,
    ],
    [
      'not an event stream',
      { kind: 'event-stream', path: '/', firstBytesWithinSeconds: 5 },
      'failed',
      /instead of/,
    ],
    ['forged headers ignored', { kind: 'spoof', path: '/', headers: forged }, 'passed', /do not change/],
    ['forged redirect', { kind: 'spoof', path: '/believes', headers: forged }, 'failed', /leads to/],
    ['forged name echoed', { kind: 'spoof', path: '/echoes', headers: forged }, 'failed', /believed/],
    ['own name only', { kind: 'unknown-host', path: '/vhost' }, 'passed', /does not get this site/],
    ['any name', { kind: 'unknown-host', path: '/' }, 'failed', /any other name/],
  ];
  test.each(cases)('%s', async (_title, spec, status, message) => {
    const outcome = await probe(spec);
    expect(outcome?.message).toMatch(message);
    expect(outcome?.status).toBe(status);
  });

  test('redirect and certificate are skipped, not passed, on a site without TLS', async () => {
    expect((await probe({ kind: 'certificate', hostnames: [], trusted: true }))?.status).toBe('skipped');
    const redirect: ProbeSpec = {
      kind: 'redirect',
      path: '/',
      status: 308,
      location: 'https://ci.example.com/',
    };
    expect((await probe(redirect))?.status).toBe('skipped');
  });
});

test('what a page says is never kept, only what was looked for', async () => {
  const outcome = await probe(page('/', { bodyIncludes: 'Buildbot' }));
  expect(JSON.stringify(outcome?.detail)).not.toContain('Buildbot');
});

describe('probes go to the site’s own web server and nowhere else', () => {
  test('a port that is none of the site’s is refused', async () => {
    await expect(reachable().connect(port + 1, AbortSignal.timeout(1000))).rejects.toThrow(
      'none of the site',
    );
  });

  test('a redirect is not followed', async () => {
    expect((await probe(page('/redirect', { statuses: [301] })))?.status).toBe('passed');
  });

  test('where the network does not lead there, the host itself connects, and that is said', async () => {
    const forward = async (to: number) => connect({ host: '127.0.0.1', port: to });
    const reach = openReach({ address: '127.0.0.2', forward }, [port]);
    const [outcome] = await probeSite(site(), [page('/')], reach);
    expect(outcome).toMatchObject({ status: 'passed', detail: { via: 'ssh' } });
  });

  test('nothing listens anywhere: failed, with the reason', async () => {
    server.closeAllConnections();
    const reach = openReach(
      { address: '127.0.0.2', forward: () => Promise.reject(new Error('connection refused on the host')) },
      [port],
    );
    const [outcome] = await probeSite(site(), [page('/')], reach);
    expect(outcome).toMatchObject({ status: 'failed', message: 'No answer: connection refused on the host' });
  });
});

test('a stream that neither answers nor closes ends with the time that there is', async () => {
  // As one through a link that broke without a word: destroying it only asks the far side.
  const deaf = new Duplex({ read() {}, write() {} });
  deaf.destroy = () => deaf;
  const reach = openReach({ address: '127.0.0.1', forward: async () => deaf }, [closedPort]);
  const document = { ...site(), httpPort: closedPort };
  const specs: ProbeSpec[] = [
    { kind: 'page', path: '/', statuses: [200] },
    { kind: 'websocket', path: '/ws', frame: true },
  ];
  const outcomes = await probeSite(document, specs, reach, AbortSignal.timeout(200));
  expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed']);
});
