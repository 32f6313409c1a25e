import 'server-only';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { TestServer } from './test-server';

/** One request of the wire through the product's routes, its body and answer as streams. */
async function answer(
  server: TestServer,
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  headers.set('x-gatehouse-address', request.socket.remoteAddress ?? 'unknown');
  const init: RequestInit & { duplex?: 'half' } = {
    method: request.method ?? 'GET',
    headers,
    signal: gone.signal,
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    init.body = Readable.toWeb(request) as ReadableStream<Uint8Array>;
    init.duplex = 'half';
  }
  const answered = await server.fetch(origin + (request.url ?? '/'), init);
  response.writeHead(answered.status, [...answered.headers].flat());
  if (!answered.body) {
    response.end();
    return;
  }
  // The reader going away ends a stream; that is no error.
  Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0])
    .on('error', () => response.destroy())
    .pipe(response);
}

/** Puts a test server on a real port of this machine, for programs and clients that are processes of their own. */
export async function listen(server: TestServer): Promise<{ url: string; close(): Promise<void> }> {
  let url = '';
  const http = createServer((request, response) => {
    answer(server, url, request, response).catch(() => response.destroy());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    close: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}
