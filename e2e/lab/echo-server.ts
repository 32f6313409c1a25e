import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';

/** What the echo upstream saw of a request: its JSON answer, and the first frame on a WebSocket. */
export interface EchoedRequest {
  method: string;
  /** As it came over the wire, not decoded. */
  url: string;
  httpVersion: string;
  /** Name and value pairs in the order and spelling they came in, repeated ones too. */
  headers: [string, string][];
  body: { bytes: number; sha256: string };
}

/**
 * An upstream that tells what it sees. The last path segment chooses, so that every prefix works:
 * `…/sse` an event each `everyMs` (200); `…/slow` answers after `ms` (1000); `…/big` sends `bytes` (10 MiB), `…/trickle` sends
 * `count` (5) chunks, one each `everyMs` (200); `…/status` answers `code` (500); anything else, and each of those with a
 * WebSocket upgrade, is echoed.
 */
export function createEchoServer(): Server {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    socket.send(JSON.stringify(echoOf(request, createHash('sha256').digest('hex'), 0)));
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('error', () => socket.terminate());
  });
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://echo');
  const number = (name: string, otherwise: number) => Number(searchParams.get(name) ?? otherwise);
  const open = () => !response.destroyed;
  switch (pathname.split('/').at(-1)) {
    case 'sse':
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      for (let id = 1; open(); id++) {
        response.write(`id: ${id}\nevent: tick\ndata: {"id":${id}}\n\n`);
        await sleep(number('everyMs', 200));
      }
      return;
    case 'trickle':
      response.writeHead(200, { 'content-type': 'text/plain' });
      for (let index = 0; index < number('count', 5) && open(); index++) {
        response.write(`${index}\n`);
        await sleep(number('everyMs', 200));
      }
      response.end();
      return;
    case 'big': {
      const bytes = number('bytes', 10 * 1024 * 1024);
      response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
      const block = Buffer.alloc(64 * 1024, 'gatehouse');
      for (let sent = 0; sent < bytes && open(); sent += block.length) {
        const enough = response.write(block.subarray(0, Math.min(block.length, bytes - sent)));
        if (!enough) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
      return;
    }
    case 'slow':
      await sleep(number('ms', 1000));
      break;
    case 'status':
      response.statusCode = number('code', 500);
      break;
  }
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(echoOf(request, hash.digest('hex'), bytes)));
}

function echoOf(request: IncomingMessage, sha256: string, bytes: number): EchoedRequest {
  const { method = '', url = '', httpVersion, rawHeaders } = request;
  const headers: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  return { method, url, httpVersion, headers, body: { bytes, sha256 } };
}

function once(response: ServerResponse, event: string): Promise<void> {
  return new Promise((resolve) => response.once(event, () => resolve()));
}
