import { createServer, type Server, type Socket } from 'node:net';
import { type Head, splitHead, unchunk, values } from './message';

/** What the upstream saw of a request: the bytes of the request line and every header as it came. */
export interface Seen {
  readonly line: string;
  readonly headers: Head['headers'];
  readonly bodyLength: number;
}

export interface EchoUpstream {
  readonly port: number;
  /** Requests so far, oldest first. */
  readonly seen: readonly Seen[];
  /** Request lines whose head has come, even while the body is still on its way. */
  readonly started: readonly string[];
  /** Bytes of downloads that were taken off its hands so far. */
  given(): number;
  stop(): Promise<void>;
}

/**
 * An application on a raw socket: it answers with what it received, as JSON. Request headers steer it: `X-Answer: sse` sends one event and
 * leaves the stream open, `X-Answer: <n> bytes` a download of that size as fast as it is taken, `X-Answer-Header: Name: value` adds a
 * response header. An upgrade request gets 101 and its bytes back.
 */
export async function startEchoUpstream(name = 'main'): Promise<EchoUpstream> {
  const seen: Seen[] = [];
  const started: string[] = [];
  const downloads = { given: 0 };
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, name, { seen, started, downloads });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    seen,
    started,
    given: () => downloads.given,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Records {
  readonly seen: Seen[];
  readonly started: string[];
  readonly downloads: { given: number };
}

function serve(socket: Socket, name: string, { seen, started, downloads }: Records): void {
  let upgraded = false;
  let head: Head | null = null;
  let body: BodyCounter | null = null;
  let bytes: Buffer = Buffer.alloc(0);
  const onData = (data: Buffer) => {
    if (upgraded) {
      socket.write(data);
      return;
    }
    let rest: Buffer | null = data;
    while (rest !== null) {
      if (head === null || body === null) {
        bytes = Buffer.concat([bytes, rest]);
        const split = splitHead(bytes);
        if (split === null) return;
        head = split.head;
        started.push(head.line);
        body = countBody(head);
        bytes = Buffer.alloc(0);
        rest = split.rest;
      }
      const done: { length: number; rest: Buffer } | null = body(rest);
      if (done === null) return;
      const request: Seen = { line: head.line, headers: head.headers, bodyLength: done.length };
      seen.push(request);
      head = null;
      body = null;
      if (values(request.headers, 'upgrade').includes('websocket')) {
        upgraded = true;
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
        socket.write(done.rest);
        return;
      }
      const size = values(request.headers, 'x-answer')
        .map((answer) => /^(\d+) bytes$/.exec(answer)?.[1])
        .find((digits) => digits !== undefined);
      if (size === undefined) answer(socket, name, request);
      else giveBytes(socket, Number(size), downloads);
      rest = done.rest.length > 0 ? done.rest : null;
    }
  };
  socket.on('data', onData);
}

/** Takes the bytes of a body as they come; returns its length and what follows once it is complete. */
type BodyCounter = (data: Buffer) => { length: number; rest: Buffer } | null;

function countBody(head: Head): BodyCounter {
  if (values(head.headers, 'transfer-encoding').includes('chunked')) {
    const parts: Buffer[] = [];
    return (data) => {
      parts.push(data);
      const all = Buffer.concat(parts);
      const body = all.subarray(-5).toString('latin1') === '0\r\n\r\n' ? unchunk(all) : null;
      return body === null ? null : { length: body.length, rest: Buffer.alloc(0) };
    };
  }
  const length = Number(values(head.headers, 'content-length')[0] ?? 0);
  let missing = length;
  return (data) => {
    const here = Math.min(missing, data.length);
    missing -= here;
    return missing > 0 ? null : { length, rest: data.subarray(here) };
  };
}

/** Hands out a body in slices, each once the one before it was taken. */
function giveBytes(socket: Socket, size: number, downloads: { given: number }): void {
  socket.write(
    `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${size}\r\n\r\n`,
  );
  let missing = size;
  const next = () => {
    const slice = Buffer.alloc(Math.min(missing, 64 << 10), 'x');
    missing -= slice.length;
    socket.write(slice, (error) => {
      if (error) return;
      downloads.given += slice.length;
      if (missing > 0) next();
    });
  };
  next();
}

function answer(socket: Socket, name: string, request: Seen): void {
  const extra = values(request.headers, 'x-answer-header')
    .map((header) => `${header}\r\n`)
    .join('');
  if (values(request.headers, 'x-answer').includes('sse')) {
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n${extra}\r\ndata: first\n\n`,
    );
    return;
  }
  const status = values(request.headers, 'x-answer-status')[0] ?? '200 OK';
  const body = JSON.stringify({ upstream: name, ...request });
  socket.write(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`,
  );
}
