import 'server-only';
import type { ClientChannel } from 'ssh2';
import { TransportError } from '../../platform/errors/transport-error';
import { collectText, readLines } from './read-lines';
import type { ExecOptions, Execution, Exit, Stdin } from './transport';

const closeTimeoutMs = 5_000;

/**
 * A command on the far side of an SSH channel. The command counts as ended only when its exit status was seen: a channel that
 * just closes is a lost link. `sever` gives up the connection below, for a far side that does not even answer a close.
 */
export function channelExecution(
  channel: ClientChannel,
  stdin: Stdin,
  options: ExecOptions,
  sever: () => void,
): Execution {
  let failure: TransportError | null = null;
  let exited: Omit<Exit, 'stderr'> | null = null;
  let severing: NodeJS.Timeout | undefined;
  const stderr = collectText(channel.stderr as NodeJS.ReadableStream as never);
  const stop = (error: TransportError) => {
    failure ??= error;
    channel.close();
    severing ??= setTimeout(sever, closeTimeoutMs).unref();
    channel.destroy();
    // Unread output would keep back the answer to the close.
    channel.resume();
  };
  const idleMs = options.idleTimeoutMs ?? 90_000;
  const timer = setTimeout(() => stop(silent(idleMs)), idleMs);
  const onAbort = () => stop(cancelled());
  options.signal?.addEventListener('abort', onAbort, { once: true });
  channel.on('data', () => timer.refresh());
  channel.pause();
  channel.once('exit', (code: number | null, signal?: string) => {
    exited = { code, signal: signal ?? null };
  });
  const exit = new Promise<Exit>((resolve, reject) => {
    channel.once('close', (code?: number | null, signal?: string) => {
      // A command that ended at once may have told its exit status before anybody listened; it is repeated here.
      if (typeof code === 'number' || signal) exited ??= { code: code ?? null, signal: signal ?? null };
      clearTimeout(timer);
      // Others use the connection too.
      clearTimeout(severing);
      options.signal?.removeEventListener('abort', onAbort);
      if (exited && !failure) resolve({ ...exited, stderr: stderr() });
      else reject(failure ?? lost());
    });
  });
  exit.catch(() => undefined);
  channel.on('error', () => undefined);
  feed(channel, stdin).catch(() => undefined);
  if (options.signal?.aborted) onAbort();
  async function* lines() {
    try {
      yield* readLines(channel);
    } catch {
      // A stream that was destroyed says so here; the reason is in `exit`.
    }
    await exit;
  }
  return { lines: lines(), exit, abort: onAbort };
}

async function feed(channel: ClientChannel, stdin: Stdin): Promise<void> {
  for await (const part of stdin) {
    if (channel.destroyed) return;
    if (channel.write(part)) continue;
    await new Promise<void>((resolve) => {
      channel.once('drain', resolve);
      channel.once('close', resolve);
    });
  }
  channel.end();
}

const ask = 'Ask the host what happened to it; without a confirmation it restores the old state by itself.';
const lost = () => new TransportError('link-lost', 'The connection to the host broke.', ask);
const cancelled = () => new TransportError('aborted', 'The command was cancelled.', ask);
const silent = (idleMs: number) =>
  new TransportError('timeout', `The host said nothing for ${Math.round(idleMs / 1000)} s.`, ask);
