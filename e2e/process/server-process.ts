import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runningServer } from '#server/process/running-server';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The first start builds the pages. */
const startTimeoutMs = 15 * 60_000;

/** A built dashboard as `npm start` runs it: two processes, of which the inner one is the server. */
export interface ServerProcess {
  readonly url: string;
  readonly setupLink: string | null;
  readonly child: ChildProcess;
  /** Process id of the server itself, for kill -9. */
  readonly serverPid: () => number;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

export const temporaryDataDir = () => mkdtempSync(join(tmpdir(), 'gatehouse-process-'));
export const removeDataDir = (dir: string) => rmSync(dir, { recursive: true, force: true });

/** Starts a dashboard on a data directory and resolves when it serves. */
export async function startServerProcess(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
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
  const printed: string[] = [];
  let setupLink: string | null = null;
  await new Promise<void>((resolve, reject) => {
    const fail = (what: string) => reject(new Error(`the dashboard ${what}:\n${printed.join('\n')}`));
    const timer = setTimeout(() => fail('did not start in time'), startTimeoutMs);
    createInterface(child.stdout).on('line', (line) => {
      printed.push(line);
      setupLink = /http:\/\/\S+\/setup#token=\S+/.exec(line)?.[0] ?? setupLink;
      if (line.startsWith('Gatehouse is ready')) {
        clearTimeout(timer);
        // The setup link is printed right behind.
        setTimeout(resolve, 50);
      }
    });
    void ended.then((code) => {
      clearTimeout(timer);
      fail(`ended with ${code}`);
    });
  });
  // Whatever the first request brings about is done before anybody measures or meddles.
  await fetch(`${url}/api/health`);
  const serverPid = () => runningServerPid(dataDir);
  return { url, setupLink, child, serverPid, ended };
}

function runningServerPid(dataDir: string): number {
  const pid = runningServer(dataDir);
  if (pid === null) throw new Error('no server runs');
  return pid;
}
