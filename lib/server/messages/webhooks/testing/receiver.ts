import 'server-only';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly received: Received[];
  /** What is answered from now on; 204 at first. */
  answer(reply: (response: ServerResponse, request: Received) => void): void;
  /** Resolves when so many requests have come. */
  has(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server that keeps what it is sent. */
export async function startReceiver(address = '127.0.0.1', port = 0): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  let reply: (response: ServerResponse, request: Received) => void = (response) => {
    response.writeHead(204).end();
  };
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = '', url = '', headers } = request;
    const seen = { method, path: url, headers, body: Buffer.concat(chunks).toString('utf8') };
    received.push(seen);
    for (const wake of waiting.splice(0)) wake();
    reply(response, seen);
  }).listen(port, address);
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port was given');
  return {
    url: `http://${address}:${bound.port}`,
    port: bound.port,
    received,
    answer: (next) => {
      reply = next;
    },
    has: async (count) => {
      while (received.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
