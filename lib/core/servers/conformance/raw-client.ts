import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Head, splitHead, unchunk, values } from './message';

export interface Address {
  readonly port: number;
  /** Name for SNI; absent for plain http. */
  readonly tlsName?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Head['headers'];
  readonly body: string;
}

export interface RawRequest {
  readonly method?: string;
  /** Request target, sent byte for byte. */
  readonly target: string;
  readonly host: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Buffer;
}

const patienceMs = 20_000;

/** Sends one request, written by hand, and reads the whole answer. */
export async function request(address: Address, raw: RawRequest): Promise<Reply> {
  const socket = await open(address);
  try {
    send(socket, raw, ['Connection: close']);
    return await readReply(socket);
  } finally {
    socket.destroy();
  }
}

/** Sends raw bytes and returns what came back until the server closed or fell silent after a complete head. */
export async function exchange(address: Address, bytes: string): Promise<Reply> {
  const socket = await open(address);
  try {
    socket.write(bytes, 'latin1');
    return await readReply(socket);
  } finally {
    socket.destroy();
  }
}

/** Sends head and half of the body, waits, sends the rest and reads the answer. */
export async function requestInHalves(
  address: Address,
  raw: RawRequest & { body: Buffer },
  between: () => Promise<void>,
): Promise<Reply> {
  const socket = await open(address);
  try {
    const half = Math.floor(raw.body.length / 2);
    send(socket, { ...raw, body: raw.body.subarray(0, half) }, ['Connection: close'], raw.body.length);
    await between();
    socket.write(raw.body.subarray(half));
    return await readReply(socket);
  } finally {
    socket.destroy();
  }
}

/** Asks for something big, does not read on until `meanwhile` is over, then reads to the end. Returns the status and the length of the body. */
export async function requestSlowly(
  address: Address,
  raw: RawRequest,
  meanwhile: () => Promise<void>,
): Promise<{ status: number; bodyLength: number }> {
  const socket = await open(address);
  try {
    send(socket, raw, ['Connection: close']);
    const first = await collect(socket, (bytes) => {
      const split = splitHead(bytes);
      if (split === null) return null;
      socket.pause();
      return split;
    });
    await meanwhile();
    let bodyLength = first.rest.length;
    const { status } = toReply(first.head, '');
    for await (const data of socket) bodyLength += (data as Buffer).length;
    return { status, bodyLength };
  } finally {
    socket.destroy();
  }
}

/** Opens a request and returns as soon as head and some text of the body have come; the stream stays open meanwhile. */
export async function requestUntil(address: Address, raw: RawRequest, text: string): Promise<Reply> {
  const socket = await open(address);
  try {
    send(socket, raw, []);
    return await collect(socket, (bytes, ended) => {
      const split = splitHead(bytes);
      if (split === null) return null;
      const body = split.rest.toString('latin1');
      return body.includes(text) || ended ? toReply(split.head, body) : null;
    });
  } finally {
    socket.destroy();
  }
}

/** Asks for a WebSocket, sends bytes through it and returns status and what came back. */
export async function upgrade(
  address: Address,
  raw: RawRequest,
  payload: string,
): Promise<{ status: number; echo: string; reply: Reply }> {
  const socket = await open(address);
  try {
    send(socket, raw, [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]);
    const first = await collect(socket, (bytes, ended) => {
      const split = splitHead(bytes);
      if (split === null) return null;
      const reply = toReply(split.head, split.rest.toString('latin1'));
      return reply.status === 101 || ended || isComplete(split.head, split.rest) ? reply : null;
    });
    if (first.status !== 101) return { status: first.status, echo: '', reply: first };
    socket.write(payload, 'latin1');
    const echo = await collect(socket, (bytes) =>
      bytes.length >= payload.length ? bytes.toString('latin1') : null,
    );
    return { status: 101, echo, reply: first };
  } finally {
    socket.destroy();
  }
}

async function open({ port, tlsName }: Address): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket =
      tlsName === undefined
        ? connect({ port, host: '127.0.0.1' }, () => resolve(socket))
        : connectTls(
            {
              port,
              host: '127.0.0.1',
              servername: tlsName,
              rejectUnauthorized: false,
              ALPNProtocols: ['http/1.1'],
            },
            () => resolve(socket),
          );
    socket.once('error', reject);
  });
}

function send(socket: Socket, raw: RawRequest, more: readonly string[], bodyLength = raw.body?.length): void {
  const fields = (raw.headers ?? []).map(([name, value]) => `${name}: ${value}`);
  const length = bodyLength === undefined ? [] : [`Content-Length: ${bodyLength}`];
  const lines = [
    `${raw.method ?? 'GET'} ${raw.target} HTTP/1.1`,
    `Host: ${raw.host}`,
    ...fields,
    ...length,
    ...more,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (raw.body !== undefined) sendBody(socket, raw.body);
}

/**
 * Sends a body in slices and stops once an answer comes, as real clients do. A server may answer early and close without reading on, and
 * the closing would overtake its answer, so there is a pause after the first slice.
 */
function sendBody(socket: Socket, body: Buffer): void {
  let sent = 0;
  let answered = false;
  socket.once('data', () => {
    answered = true;
  });
  const next = () => {
    if (answered || sent >= body.length || socket.destroyed) return;
    const slice = body.subarray(sent, sent + (64 << 10));
    const isFirst = sent === 0;
    sent += slice.length;
    socket.write(slice, () => (isFirst ? setTimeout(next, 200) : setImmediate(next)));
  };
  next();
}

const readReply = (socket: Socket) =>
  collect(socket, (bytes, ended) => {
    const split = splitHead(bytes);
    if (split === null) return ended ? { status: 0, headers: [], body: '' } : null;
    if (!ended && !isComplete(split.head, split.rest)) return null;
    return toReply(split.head, bodyOf(split.head, split.rest).toString('latin1'));
  });

function isComplete(head: Head, rest: Buffer): boolean {
  if (values(head.headers, 'transfer-encoding').includes('chunked')) return unchunk(rest) !== null;
  const length = values(head.headers, 'content-length')[0];
  return length !== undefined && rest.length >= Number(length);
}

function bodyOf(head: Head, rest: Buffer): Buffer {
  return values(head.headers, 'transfer-encoding').includes('chunked') ? (unchunk(rest) ?? rest) : rest;
}

const toReply = (head: Head, body: string): Reply => ({
  status: Number(head.line.split(' ')[1]),
  headers: head.headers,
  body,
});

/** Gathers bytes until `done` makes something of them; `ended` is true once no more will come. */
function collect<T>(socket: Socket, done: (bytes: Buffer, ended: boolean) => T | null): Promise<T> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const finish = (result: T | null, problem: string) => {
      clearTimeout(timer);
      socket.off('data', onData);
      socket.off('close', onEnd);
      socket.off('end', onEnd);
      socket.off('error', onEnd);
      socket.on('error', () => socket.destroy());
      if (result !== null) resolve(result);
      else reject(new Error(`${problem}: ${bytes.toString('latin1').slice(0, 500)}`));
    };
    const onData = (data: Buffer) => {
      bytes = Buffer.concat([bytes, data]);
      const result = done(bytes, false);
      if (result !== null) finish(result, '');
    };
    const onEnd = () => finish(done(bytes, true), 'the connection ended early');
    const timer = setTimeout(() => finish(null, `nothing more came within ${patienceMs} ms`), patienceMs);
    socket.on('data', onData);
    socket.on('end', onEnd);
    socket.on('close', onEnd);
    socket.on('error', onEnd);
  });
}
