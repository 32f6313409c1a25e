import { connect, createServer, type IncomingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import { connect as connectTls } from 'node:tls';

export interface Http2Upstream {
  readonly port: number;
  readonly seen: readonly IncomingHttpHeaders[];
  stop(): Promise<void>;
}

/** An application that speaks HTTP/2 in clear text and nothing else, answering every call as gRPC does: body, then trailers. */
export async function startHttp2Upstream(): Promise<Http2Upstream> {
  const seen: IncomingHttpHeaders[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
  });
  server.on('stream', (stream, headers) => {
    seen.push(headers);
    stream.on('error', () => stream.close());
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.pipe(stream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    seen,
    stop: async () => {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Http2Reply {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly trailers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One request over HTTP/2 with TLS; fails when the server does not speak it. */
export async function http2Request(
  port: number,
  name: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<Http2Reply> {
  // The name is what the server must see; the connection goes to this machine.
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    servername: name,
    rejectUnauthorized: false,
    ALPNProtocols: ['h2'],
  });
  const session = connect(`https://${name}:${port}`, { createConnection: () => socket });
  try {
    return await new Promise((resolve, reject) => {
      session.on('error', reject);
      const stream = session.request(headers, { endStream: body === '' });
      const reply = { headers: {}, trailers: {}, body: '' };
      stream.on('error', reject);
      stream.on('response', (received) => {
        reply.headers = received;
      });
      stream.on('trailers', (received) => {
        reply.trailers = received;
      });
      stream.on('data', (data: Buffer) => {
        reply.body += data.toString('latin1');
      });
      stream.on('end', () => resolve(reply));
      if (body !== '') stream.end(body);
    });
  } finally {
    session.destroy();
  }
}
