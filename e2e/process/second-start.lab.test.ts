import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '#core/servers/conformance/free-ports';
import { runningServer } from '#server/operation/process/running-server';
import {
  buildPages,
  buildTimeoutMs,
  removeDataDir,
  setUpTeam,
  startServerProcess,
  temporaryDataDir,
} from './server-process';

const root = fileURLToPath(new URL('../..', import.meta.url));
let dataDir: string;

beforeAll(async () => {
  await buildPages();
  dataDir = temporaryDataDir();
  await setUpTeam(dataDir);
}, buildTimeoutMs);
afterAll(() => removeDataDir(dataDir));

/** An apply that the dashboard is at work on, with a host that it has not begun. */
function addOpenApply() {
  const db = new Database(join(dataDir, 'gatehouse.db'));
  const { id: team } = db.prepare('SELECT id FROM "Team"').get() as { id: string };
  db.exec(`INSERT INTO "Host" (id, teamId, name, transport, address, updatedAt) VALUES ('h', '${team}', 'h', 'ssh', '192.0.2.1', '2026-01-01');
    INSERT INTO "Target" (id, teamId, hostId, server) VALUES ('t', '${team}', 'h', 'nginx');
    INSERT INTO "Plan" (id, teamId, hash, status) VALUES ('p', '${team}', 'h', 'ready');
    INSERT INTO "PlanTarget" (id, planId, targetId, document) VALUES ('pt', 'p', 't', '{}');
    INSERT INTO "Apply" (id, teamId, planId, planHash, status) VALUES ('a', '${team}', 'p', 'h', 'queued');
    INSERT INTO "ApplyTarget" (id, applyId, targetId, status) VALUES ('at', 'a', 't', 'queued');`);
  db.close();
}

function statusOfApply(): string {
  const db = new Database(join(dataDir, 'gatehouse.db'), { readonly: true });
  const { status } = db.prepare('SELECT status FROM "Apply"').get() as { status: string };
  db.close();
  return status;
}

/** A start on the same directory, on a port of its own. */
async function startAgain() {
  const [port] = await freePorts(1);
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), GATEHOUSE_DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += chunk;
  });
  const [code] = await once(child, 'exit');
  return { code, words };
}

test('a second start on a data directory is refused, names the first, and touches nothing of its applies', async () => {
  const first = await startServerProcess(dataDir);
  addOpenApply();
  const pid = runningServer(dataDir);
  const { code, words } = await startAgain();
  expect(code).toBe(1);
  expect(words).toContain(`process ${pid} on `);
  expect(words).toContain('since 20');
  expect(statusOfApply()).toBe('queued');
  expect((await fetch(`${first.url}/api/health`)).status).toBe(200);

  // One that was killed leaves the directory at once, and what it left open is found out about.
  process.kill(pid as number, 'SIGKILL');
  await first.ended;
  const next = await startServerProcess(dataDir);
  await expect.poll(statusOfApply, { timeout: 10_000 }).toBe('cancelled');
  await next.stop();
});
