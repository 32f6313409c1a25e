import 'server-only';
import { once } from 'node:events';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body as they came. */
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | null;
}

/** What a person reads: headers and body with the transport's line breaks and escapes taken out. */
export const readable = (raw: string): string =>
  raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

export interface MailServer {
  readonly port: number;
  readonly received: ReceivedMail[];
  close(): Promise<void>;
}

const refuse = (code: number, message: string) => Object.assign(new Error(message), { responseCode: code });

interface Wanted {
  readonly port?: number;
  /** Certificate and key for STARTTLS; without them there is none. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly login?: { readonly user: string; readonly password: string };
  /** Recipients that are refused for good. */
  readonly refused?: readonly string[];
  /** Answers every message with a failure that may pass. */
  readonly busy?: boolean;
}

/** A real SMTP server that keeps what it is sent. */
export async function startMailServer({
  port = 0,
  tls,
  login,
  refused = [],
  busy,
}: Wanted = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const options: SMTPServerOptions = {
    ...(tls ?? {}),
    disabledCommands: [...(tls ? [] : ['STARTTLS' as const]), ...(login ? [] : ['AUTH' as const])],
    authOptional: !login,
    allowInsecureAuth: !tls,
    onAuth: ({ username = '', password = '' }, _session, done) =>
      username === login?.user && password === login.password
        ? done(null, { user: username })
        : done(refuse(535, `5.7.8 wrong password ${password}`)),
    onRcptTo: ({ address }, _session, done) =>
      refused.includes(address) ? done(refuse(550, '5.1.1 no such mailbox')) : done(),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (busy) return done(refuse(451, '4.3.0 try again later'));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : null,
        });
        done();
      });
    },
  };
  const server = new SMTPServer(options);
  server.on('error', () => undefined);
  const listener = server.listen(port, '127.0.0.1');
  if (!listener.listening) await once(listener, 'listening');
  const bound = listener.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port was given');
  return {
    port: bound.port,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
