import 'server-only';
import { Duplex } from 'node:stream';
import { Address, Port } from '#core/site/text';
import { TransportError } from '../../platform/errors/transport-error';
import type { OpenSshConnection } from './openssh-connection';

const openTimeoutMs = 15_000;

/**
 * A TCP connection made by the host. The program tells only in its debug words that the far end was reached, and the shared connection
 * only in its log why it was not. Throws `TransportError`.
 */
export async function openSshForward(
  connection: OpenSshConnection,
  address: string,
  port: number,
): Promise<Duplex> {
  const logged = (await connection.log()).length;
  const name = Address.parse(address);
  const host = name.includes(':') ? `[${name}]` : name;
  const child = connection.start(['-v', '-W', `${host}:${Port.parse(port)}`], []);
  const opened = await new Promise<boolean>((resolve) => {
    let said = '';
    const settle = (value: boolean) => {
      clearTimeout(timer);
      resolve(value);
    };
    const timer = setTimeout(() => settle(false), openTimeoutMs);
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 65_536) said += chunk.toString('latin1');
      if (/mux_client_request_stdio_fwd: master session id/.test(said)) settle(true);
    });
    child.stdin.on('error', () => undefined);
    child.once('exit', () => settle(false));
    child.once('error', () => settle(false));
  });
  if (opened) {
    const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
    stream.once('close', () => child.kill());
    stream.on('error', () => undefined);
    return stream;
  }
  child.kill();
  const reason =
    (await connection.log()).slice(logged).match(/open failed: ([^\r\n]{0,200})/)?.[1] ?? 'no answer';
  throw new TransportError(
    'forward-refused',
    `The host could not connect to ${address} port ${port}.`,
    'Check that the service listens there, and that sshd allows TCP forwarding.',
    { reason, ...(/prohibited/.test(reason) ? { denied: 'yes' } : {}) },
  );
}
