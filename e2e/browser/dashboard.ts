import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = new URL('../..', import.meta.url).pathname;
/** The first start builds the pages. */
const startTimeoutMs = 15 * 60_000;

/** A dashboard as `npm start` runs it, with data of its own. */
export interface Dashboard {
  readonly url: string;
  /** The one-time link that it printed. */
  readonly setupLink: string;
  /** Where its database lies. */
  readonly dataDir: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** `settings`: more of the environment. */
export async function startDashboard(settings: Record<string, string> = {}): Promise<Dashboard> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-browser-'));
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    GATEHOUSE_DATA_DIR: directory,
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const setupLink = await printedLink(child);
    return { url: new URL(setupLink).origin, setupLink, dataDir: directory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads what the start prints, as the person at the terminal does, until the link is there. */
function printedLink(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const printed: string[] = [];
    const fail = (what: string) => reject(new Error(`the dashboard ${what}:\n${printed.join('\n')}`));
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    if (!child.stdout) return fail('prints nothing');
    createInterface(child.stdout).on('line', (line) => {
      printed.push(line);
      const [link] = /http:\/\/\S+\/setup#token=\S+/.exec(line) ?? [];
      if (!link) return;
      clearTimeout(timer);
      resolve(link);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
}
