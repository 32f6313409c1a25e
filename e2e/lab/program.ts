import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Host } from '#lab/host';
import { end, release, spawnUpstream } from '#lab/run';

export interface ProgramOptions {
  /** Runs in this host's network, dies with it and comes back with `boot()`; without one it runs on this machine. */
  host: Host | undefined;
  argv: readonly string[];
  /** The line of output that says that it serves. */
  ready: RegExp;
}

export interface Program {
  /** The ready line, matched. */
  ready: RegExpExecArray;
  /** Everything it has printed so far, over all its starts. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts a long-running program of this machine and waits until it serves. Ends with this process at the latest. */
export async function startProgram({ host, argv, ready }: ProgramOptions): Promise<Program> {
  const log: string[] = [];
  let child: ChildProcess | undefined;
  let match: RegExpExecArray | undefined;
  const service = {
    async start() {
      child = host ? host.spawn(argv) : spawnUpstream(argv);
      match = await lineOf(child, ready, log);
      release(child);
    },
  };
  const stop = async () => {
    host?.detach(service);
    if (child) await end(child);
  };
  try {
    await (host ? host.attach(service) : service.start());
  } catch (error) {
    await stop();
    throw error;
  }
  if (!match) throw new Error('the program was not started');
  return { ready: match, log: () => log.join('\n'), stop };
}

function lineOf(child: ChildProcess, wanted: RegExp, log: string[]): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface(stream).on('line', (line) => {
        log.push(line);
        const match = wanted.exec(line);
        if (match) resolve(match);
      });
    }
    child.on('error', reject);
    child.on('close', () =>
      reject(new Error(`${child.spawnargs.at(-1)} ended:\n${log.slice(-30).join('\n')}`)),
    );
  });
}
