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

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills the server with SIGKILL while everybody saves, looks at the database as it was left, and starts the next one on it. */
export async function crashOnce(
  dataDir: string,
  seeded: Seeded,
  round: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ crash: Crash; server: ServerProcess }> {
  const server = await startServerProcess(dataDir, environment);
  const editors = startEditors(() => server.url, seeded, `crash ${round}`);
  await pause(2500 + Math.random() * 1500);
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
