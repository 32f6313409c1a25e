import 'server-only';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { remoteCommands } from '#server/hosts/helper/remote-command';
import { TransportError } from '../../platform/errors/transport-error';
import { channelExecution } from './channel-execution';
import { sessionRefused } from './session-refused';
import type { SshTarget } from './ssh-target';
import type { Transport } from './transport';

const openTimeoutMs = 10_000;
const openAttempts = 4;
const openPauseMs = 150;

/** Where a transport gets its connection from. `fresh`: the one given before turned out dead. */
export interface Connections {
  get(fresh: boolean): Promise<Client>;
  /** Waits until another command may run on it; the answer is called when that command has ended. */
  session(): Promise<() => void>;
  release(): void;
}

/** SSH by the ssh2 library. A connection that died while nobody used it is dialled again; a command is never sent twice. */
export function sshTransport(target: SshTarget, connections: Connections): Transport {
  const where = `${target.address}:${target.port}`;
  let closed = false;
  async function onConnection<T>(
    open: (client: Client) => Promise<T>,
  ): Promise<{ client: Client; opened: T }> {
    const client = await connections.get(false);
    try {
      return { client, opened: await open(client) };
    } catch (error) {
      // Stdin goes out only after the channel was opened, so nothing has reached the helper yet.
      if (!(error instanceof TransportError) || error.code !== 'link-lost') throw error;
      client.destroy();
      const again = await connections.get(true);
      return { client: again, opened: await open(again) };
    }
  }
  return {
    kind: 'ssh',
    account: target.account ?? (target.user === 'root' ? 'root' : 'sudo'),
    async exec(command, stdin, options = {}) {
      const leave = await connections.session();
      try {
        const open = (connection: Client) =>
          patiently(() => openSession(connection, remoteCommands[command], where));
        const { client, opened } = await onConnection(open);
        opened.once('close', leave);
        return channelExecution(opened, stdin, options, () => client.destroy());
      } catch (error) {
        leave();
        throw error;
      }
    },
    async forward(address, port) {
      return (await onConnection((connection) => openForward(connection, address, port))).opened;
    },
    async close() {
      if (closed) return;
      closed = true;
      connections.release();
    },
  };
}

/** sshd counts a session for a moment longer than we do and then refuses one too many. Nothing has been sent by then. */
async function patiently<T>(open: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      const refused = error instanceof TransportError && error.code === 'no-shell';
      if (!refused || attempt === openAttempts) throw error;
      await sleep(attempt * openPauseMs);
    }
  }
}

function openSession(client: Client, command: string, where: string): Promise<ClientChannel> {
  return withLink(client, (settle) =>
    client.exec(command, (error, channel) => settle(error && whyNotRun(error, where), channel)),
  );
}

const whyNotRun = (error: Error, where: string): TransportError =>
  /channel open failure/i.test(error.message)
    ? sessionRefused(where, error.message)
    : new TransportError(
        'no-shell',
        `${where} lets the account log in but not run commands.`,
        'Check the account’s login shell and sshd’s settings for it.',
        { reason: error.message.slice(0, 300) },
      );

function openForward(client: Client, address: string, port: number): Promise<Duplex> {
  return withLink(client, (settle) =>
    client.forwardOut('127.0.0.1', 0, address, port, (error, channel) =>
      settle(
        error &&
          new TransportError(
            'forward-refused',
            `The host could not connect to ${address} port ${port}.`,
            'Check that the service listens there, and that sshd allows TCP forwarding.',
            {
              reason: error.message.slice(0, 300),
              ...(isDenied(error) ? { denied: 'yes' } : {}),
            },
          ),
        channel,
      ),
    ),
  );
}

/** RFC 4254 §5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED is 1. sshd forwards nothing for this key; the far end was not even tried. */
const isDenied = (error: Error & { reason?: unknown }) =>
  error.reason === 1 || error.reason === 'ADMINISTRATIVELY_PROHIBITED';

/** Runs one request on a connection, and ends with `link-lost` when that closes or says nothing meanwhile. */
function withLink<T>(
  client: Client,
  ask: (settle: (error: Error | undefined, value: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const finish = (act: () => void) => {
      clearTimeout(timer);
      client.off('close', onClose);
      act();
    };
    const onClose = () => finish(() => reject(lost()));
    const timer = setTimeout(onClose, openTimeoutMs);
    client.once('close', onClose);
    try {
      ask((error, value) => finish(() => (error ? reject(error) : resolve(value))));
    } catch {
      // ssh2 throws when it knows already that the connection is gone.
      onClose();
    }
  });
}

const lost = () => new TransportError('link-lost', 'The connection to the host broke.', 'Try again.');
