import 'server-only';
import { remoteCommands } from '#server/hosts/helper/remote-command';
import { TransportError } from '../../platform/errors/transport-error';
import type { OpenSshConnection } from './openssh-connection';
import { openSshError } from './openssh-error';
import { openSshForward } from './openssh-forward';
import { processExecution } from './process-execution';
import { sessionRefused } from './session-refused';
import type { SshTarget } from './ssh-target';
import type { Execution, Transport } from './transport';

/** A connection that is kept for others, too, and how many commands run on it at once. */
export interface SharedConnection {
  readonly connection: OpenSshConnection;
  readonly session: () => Promise<() => void>;
}

/** SSH by the system's own program. `use` takes the shared connection at the first call, `release` gives it back. */
export function openSshTransport(
  target: SshTarget,
  { use, release }: { use(): SharedConnection; release(): void },
): Transport {
  return {
    kind: 'ssh',
    account: target.account ?? (target.user === 'root' ? 'root' : 'sudo'),
    async exec(command, stdin, options = {}) {
      const { connection, session } = use();
      const leave = await session();
      try {
        await connection.open();
        const child = connection.start(['-T'], [remoteCommands[command]]);
        child.once('close', leave);
        child.once('error', leave);
        const execution = processExecution(child, stdin, options);
        if (options.signal?.aborted) execution.abort();
        return withLink(execution, target);
      } catch (error) {
        leave();
        throw error;
      }
    },
    async forward(address, port) {
      const { connection } = use();
      await connection.open();
      return openSshForward(connection, address, port);
    },
    async close() {
      release();
    },
  };
}

/** The program ends with 255 when the link, not the command, is what failed. */
function withLink(execution: Execution, target: SshTarget): Execution {
  const exit = execution.exit.then((ended) => {
    if (ended.code !== 255) return ended;
    const why = openSshError(ended.stderr, target);
    if (why.code === 'host-key-changed') throw why;
    // The words of the shared connection (mux.c of OpenSSH), and of one of its own (channels.c).
    if (/Session open refused by peer|channel \d+: open failed/.test(ended.stderr))
      throw sessionRefused(`${target.address}:${target.port}`, ended.stderr);
    throw new TransportError('link-lost', 'The connection to the host broke.', ask, {
      reason: ended.stderr.slice(0, 300),
    });
  });
  exit.catch(() => undefined);
  async function* lines() {
    yield* execution.lines;
    await exit;
  }
  return { lines: lines(), exit, abort: execution.abort };
}

const ask = 'Ask the host what happened to it; without a confirmation it restores the old state by itself.';
