import 'server-only';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Writable } from 'node:stream';
import { TransportError } from '../../platform/errors/transport-error';
import { collectText, readLines } from './read-lines';
import type { ExecOptions, Execution, Exit, Stdin } from './transport';

/** A child process of this machine as an `Execution`. Its stdin is fed and closed. */
export function processExecution(
  child: ChildProcessWithoutNullStreams,
  stdin: Stdin,
  options: ExecOptions = {},
): Execution {
  let failure: TransportError | null = null;
  const stop = (error: TransportError) => {
    failure ??= error;
    child.stdout.destroy();
    child.kill('SIGTERM');
  };
  const idleMs = options.idleTimeoutMs ?? 90_000;
  const timer = setTimeout(() => stop(silence(idleMs)), idleMs);
  const onAbort = () =>
    stop(
      new TransportError('aborted', 'The command was cancelled.', 'Ask the host for the state of the apply.'),
    );
  options.signal?.addEventListener('abort', onAbort, { once: true });
  child.stdout.on('data', () => timer.refresh());
  child.stdout.pause();
  const stderr = collectText(child.stderr);
  const exit = new Promise<Exit>((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        new TransportError(
          'no-shell',
          `Could not start a command: ${error.message}`,
          'Check that sh and sudo are installed.',
        ),
      ),
    );
    child.once('close', (code, signal) => resolve({ code, signal, stderr: stderr() }));
  }).finally(() => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  });
  exit.catch(() => undefined);
  // The far side may end without reading everything: what it said matters, not that it stopped listening.
  child.stdin.on('error', () => undefined);
  feed(child.stdin, stdin).catch(() => undefined);
  async function* lines() {
    try {
      yield* readLines(child.stdout);
    } catch (error) {
      throw failure ?? error;
    }
    if (failure) throw failure;
    await exit;
  }
  return { lines: lines(), exit, abort: onAbort };
}

async function feed(pipe: Writable, stdin: Stdin): Promise<void> {
  for await (const part of stdin) {
    if (pipe.destroyed) return;
    pipe.write(part);
  }
  pipe.end();
}

function silence(idleMs: number): TransportError {
  return new TransportError(
    'timeout',
    `The host said nothing for ${Math.round(idleMs / 1000)} s.`,
    'Check the host, then try again.',
  );
}
