import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type ServerProcess, startServerProcess } from '../../e2e/process/server-process';
import { lostEdits, startEditors } from './editors';
import type { Seeded } from './seed';
import { serverPid } from './server-pid';

export interface Crash {
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly integrity: string;
  /** From the command to a dashboard that answers. */
  readonly upAgainMs: number;
}

/** Saves that are acknowledged before the kill. */
const fewest = 20;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Crashing {
  readonly server: ServerProcess;
  readonly dataDir: string;
  readonly seeded: Seeded;
  readonly round: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Kills the server with SIGKILL while everybody saves, looks at the database as it was left, and starts the next one on it. */
export async function crashOnce({
  server,
  dataDir,
  seeded,
  round,
  environment,
}: Crashing): Promise<{ crash: Crash; server: ServerProcess }> {
  const editors = startEditors(() => server.url, seeded, `crash ${round}`);
  // Not before there is something to lose, and then at any moment.
  while (editors.edits.acknowledged.length < fewest) await pause(20);
  await pause(Math.random() * 500);
  process.kill(serverPid(dataDir), 'SIGKILL');
  await server.ended;
  await editors.stop();
  const databaseFile = join(dataDir, 'gatehouse.db');
  const lost = lostEdits(databaseFile, editors.edits);
  const db = new Database(databaseFile);
  const [row] = db.pragma('integrity_check') as { integrity_check: string }[];
  db.close();
  const started = Date.now();
  const again = await startServerProcess(dataDir, environment);
  const health = await fetch(`${again.url}/api/health`);
  if (health.status !== 200) throw new Error(`not healthy after a crash: ${await health.text()}`);
  const upAgainMs = Date.now() - started;
  const acknowledged = editors.edits.acknowledged.length;
  return {
    crash: { acknowledged, lost, integrity: row?.integrity_check ?? 'none', upAgainMs },
    server: again,
  };
}
