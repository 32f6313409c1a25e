import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';

export interface RunOptions {
  /** Written to the command's stdin, which is then closed. */
  stdin?: string | Buffer;
  /** A non-zero exit throws unless this is false. */
  check?: boolean;
  /** Kills the command and everything it started. */
  timeoutMs?: number;
  env?: Record<string, string>;
}

export interface RunResult {
  /** Exit code, or -1 when a signal ended the command. */
  code: number;
  stdout: string;
  stderr: string;
}

const variables: Record<string, string> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};
/** What a command of the lab sees of the caller's environment: nothing. */
export const cleanEnv = variables as NodeJS.ProcessEnv;

/** Runs a command to its end. Throws when it cannot be started, times out, or (unless `check: false`) fails. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { stdin = '', check = true, timeoutMs = 60_000, env = {} } = options;
  const [command = '', ...args] = argv;
  const child = spawn(command, args, { env: { ...cleanEnv, ...env }, detached: true });
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, timeoutMs);
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk));
  // A command that does not read its input is not our error; its exit code tells.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve(exitCode ?? -1));
  }).finally(() => clearTimeout(timer));
  const result = {
    code,
    stdout: Buffer.concat(output.stdout).toString(),
    stderr: Buffer.concat(output.stderr).toString(),
  };
  if (timedOut) throw new Error(`${shown(argv)} did not end within ${timeoutMs} ms\n${result.stderr}`);
  if (check && code !== 0) {
    throw new Error(`${shown(argv)} ended with ${code}\n${result.stdout}${result.stderr}`);
  }
  return result;
}

/** Ends a process that was started `detached`, with all that it started. */
function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Starts a long-running program that ends when this process does, however that happens. */
export function spawnUpstream(argv: readonly string[], prefix: readonly string[] = []): ChildProcess {
  const [command = '', ...args] = [...prefix, 'setpriv', '--pdeathsig=KILL', '--', ...argv];
  return spawn(command, args, { env: cleanEnv, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Lets this process end although that one still runs. */
export function release(child: ChildProcess): void {
  child.unref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.unref();
}

/** Ends a released process and all that it started, and waits until the last of them is gone. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  for (const stream of child.stdio) if (stream instanceof Socket) stream.ref();
  // Each of them holds the other end of our pipes.
  const closed = once(child, 'close');
  killGroup(child);
  await closed;
}

function shown(argv: readonly string[]): string {
  const text = argv.join(' ');
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
