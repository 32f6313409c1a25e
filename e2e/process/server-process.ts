import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from '#core/servers/conformance/free-ports';
import { runGatehouse } from '../../cli/testing/run-gatehouse';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The first start builds the pages. */
const startTimeoutMs = 15 * 60_000;

/** For what calls `buildPages`: a fresh clone has none yet. */
export const buildTimeoutMs = 20 * 60_000;

/** Everything that a start would do before it serves, so that no test waits for it. */
export async function buildPages(): Promise<void> {
  const start = spawn(process.execPath, ['scripts/start.mjs', '--prepare'], { cwd: root, stdio: 'inherit' });
  const [code] = await once(start, 'exit');
  if (code !== 0) throw new Error(`the pages could not be built: exit code ${code}`);
}

/** The admin of the team `ours` that `setUpTeam` makes. */
export const admin = { email: 'ada@example.com', password: 'correct horse battery' };

/** The first admin with their team, made by the command line as by somebody without a browser; gives an API token of theirs. */
export async function setUpTeam(dataDir: string): Promise<string> {
  const gatehouse = async (args: readonly string[], input = '') => {
    const who = ['--email', admin.email, '--team', 'ours'];
    const { status, stdout, stderr } = await runGatehouse(
      [...args, ...who],
      { GATEHOUSE_DATA_DIR: dataDir },
      input,
    );
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  await gatehouse(['setup', '--password-stdin'], admin.password);
  return gatehouse(['token', 'create', '--name', 'test', '--scope', 'all']);
}

/** A built dashboard as `npm start` runs it: two processes, of which the inner one is the server. */
export interface ServerProcess {
  readonly url: string;
  /** The one-time link of a dashboard without an account, as the person at the terminal reads it. */
  readonly setupLink: Promise<string>;
  readonly child: ChildProcess;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  stop(): Promise<void>;
}

export const temporaryDataDir = () => mkdtempSync(join(tmpdir(), 'gatehouse-process-'));
export const removeDataDir = (dir: string) => rmSync(dir, { recursive: true, force: true });

/** Starts a dashboard on a data directory and resolves when it serves, after a first request unless it is to be left alone. */
export async function startServerProcess(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
  { alone = false }: { readonly alone?: boolean } = {},
): Promise<ServerProcess> {
  const [port] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    GATEHOUSE_DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    ...environment,
  };
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(
    ([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null,
  );
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const printed: string[] = [];
  const lines = createInterface(child.stdout).on('line', (line) => printed.push(line));
  /** What the start prints that fits, as soon as it does. */
  const print = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const fail = (what: string) => reject(new Error(`the dashboard ${what}:\n${printed.join('\n')}`));
      const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
      lines.on('line', (line) => {
        const [found] = pattern.exec(line) ?? [];
        if (found === undefined) return;
        clearTimeout(timer);
        resolve(found);
      });
      void ended.then((code) => {
        clearTimeout(timer);
        fail(`ended with ${code}`);
      });
    });
  const setupLink = print(/http:\/\/\S+\/setup#token=\S+/);
  // Most dashboards here have an account, and nobody waits for a link.
  setupLink.catch(() => undefined);
  try {
    await print(/^Gatehouse is ready/);
    // Whatever the first request brings about is done before anybody measures or meddles.
    if (!alone) await fetch(`${url}/api/health`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, setupLink, child, ended, stop };
}
