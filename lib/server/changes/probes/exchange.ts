import 'server-only';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Via } from '../../hosts/reach';
import type { Answer } from './answer';
import type { ProbedSite } from './probed-site';

export interface Line {
  readonly stream: Duplex;
  readonly via: Via;
  /** The TLS layer, `null` on plain http. */
  readonly tls: TLSSocket | null;
}

export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Name in `Host` and SNI; the site's own when absent. */
  readonly hostname?: string;
  /** Ask the plain http port. */
  readonly plain?: boolean;
}

/** Bodies are only searched for a marker; more than this of one is never read. */
const maxBodyBytes = 256 * 1024;

/**
 * PROXY protocol, version 2, command LOCAL: "this connection is my own, take its address". `PROXY UNKNOWN` of version 1 means the same, but Apache
 * refuses it (mod_remoteip.c, remoteip_process_v1_header knows TCP4 and TCP6 only). Understood by nginx ≥ 1.13.11, and by Apache ≥ 2.4.31.
 */
const proxyLocal = Buffer.from('0d0a0d0a000d0a515549540a20000000', 'hex');

/** A connection to the site's web server, with TLS where the site has it. The certificate is looked at, not trusted or refused. */
export async function openLine(
  site: ProbedSite,
  asked: Pick<Asked, 'hostname' | 'plain'>,
  signal: AbortSignal,
): Promise<Line> {
  const plain = asked.plain || !site.tls;
  const { stream, via } = await site.reach.connect(plain ? site.httpPort : site.port, signal);
  // The reader gets the error too; without a listener it would end the process.
  stream.on('error', () => undefined);
  const abort = () => stream.destroy(new Error('given up'));
  signal.addEventListener('abort', abort, { once: true });
  // It may have taken longer to open than there was time.
  if (signal.aborted) abort();
  signal.throwIfAborted();
  stream.once('close', () => signal.removeEventListener('abort', abort));
  if (site.proxyProtocol) stream.write(proxyLocal);
  if (plain) return { stream, via, tls: null };
  const servername = asked.hostname ?? site.hostname;
  const tls = connectTls({
    socket: stream,
    servername,
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  });
  await new Promise<void>((resolve, reject) => {
    tls.once('secureConnect', resolve);
    tls.on('error', reject);
    stream.once('close', () => reject(new Error('the connection was closed during the TLS handshake')));
  });
  return { stream: tls, via, tls };
}

/** The headers of one GET; the caller reads or destroys the body. Redirects are never followed. */
export async function ask(
  site: ProbedSite,
  asked: Asked,
  signal: AbortSignal,
): Promise<{ response: IncomingMessage; line: Line }> {
  const line = await openLine(site, asked, signal);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = httpRequest({
      method: 'GET',
      path: asked.path,
      createConnection: () => line.stream,
      headers: {
        Host: hostHeader(site, asked),
        'User-Agent': 'gatehouse-probe',
        'Accept-Encoding': 'identity',
        ...asked.headers,
      },
      setHost: false,
      signal,
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.end();
  });
  return { response, line };
}

/** One GET with the beginning of its body. */
export async function exchange(site: ProbedSite, asked: Asked, signal: AbortSignal): Promise<Answer> {
  const { response, line } = await ask(site, asked, signal);
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= maxBodyBytes) break;
    }
  } finally {
    line.stream.destroy();
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    via: line.via,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

/** `ci.example.com`, with the port where it is not the scheme's own. */
export function hostHeader(site: ProbedSite, asked: Pick<Asked, 'hostname' | 'plain'>): string {
  const plain = asked.plain || !site.tls;
  const port = plain ? site.httpPort : site.port;
  return `${asked.hostname ?? site.hostname}${port === (plain ? 80 : 443) ? '' : `:${port}`}`;
}

/** What an error status of a proxy means, for people. */
export function explainStatus(status: number): string {
  const meaning: Record<number, string> = {
    400: 'the web server did not accept the request',
    401: 'it asks for a sign-in',
    403: 'access is refused',
    404: 'nothing is there',
    421: 'the web server, or an https upstream that was asked for without a server name, says that this name is not its own',
    500: 'the application or the web server failed',
    502: 'the web server runs, but its upstream does not answer',
    503: 'the upstream is not available',
    504: 'the web server runs, but its upstream did not answer in time',
  };
  const text = meaning[status];
  return text ? `${status} (${text})` : String(status);
}
