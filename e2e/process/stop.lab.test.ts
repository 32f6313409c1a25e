import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultSite } from '#core/presets/default-site';
import { runGatehouse } from '../../cli/testing/run-gatehouse';
import {
  buildPages,
  buildTimeoutMs,
  removeDataDir,
  type ServerProcess,
  setUpTeam,
  startServerProcess,
  temporaryDataDir,
} from './server-process';

let dataDir: string;
let token: string;

beforeAll(async () => {
  await buildPages();
  dataDir = temporaryDataDir();
  token = await setUpTeam(dataDir);
}, buildTimeoutMs);
afterAll(() => removeDataDir(dataDir));

/** An apply that nobody works on: its events stay open. */
function openApply(): string {
  const db = new Database(join(dataDir, 'gatehouse.db'));
  const { id: teamId } = db.prepare('SELECT id FROM "Team"').get() as { id: string };
  db.prepare(`INSERT OR IGNORE INTO "Plan" (id, teamId, hash, status) VALUES ('p', ?, 'h', 'ready')`).run(
    teamId,
  );
  db.prepare(
    `INSERT OR REPLACE INTO "Apply" (id, teamId, planId, planHash, status) VALUES ('a', ?, 'p', 'h', 'running')`,
  ).run(teamId);
  db.close();
  return 'a';
}

/** A request whose body is sent only when `finish` is called. */
async function slowRequest({ url }: ServerProcess) {
  // A route is loaded at its first request, which keeps a fresh process busy for a moment.
  await fetch(`${url}/api/v1/teams/ours/sites`, { headers: { authorization: `Bearer ${token}` } });
  const name = `slow-${randomUUID()}`;
  const document = defaultSite('generic', name, `${name}.example.com`);
  const body = JSON.stringify({ document, targetIds: [], message: '' });
  let finish = () => {};
  const answer = new Promise<number | string>((resolve) => {
    const sent = request(
      `${url}/api/v1/teams/ours/sites`,
      {
        method: 'POST',
        agent: new Agent({ keepAlive: true }),
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': String(body.length),
        },
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    sent.on('error', (error) => resolve(error.message));
    sent.write(body.slice(0, 5));
    finish = () => sent.end(body.slice(5));
  });
  return { answer, finish: () => finish() };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const refusesConnections = (url: string) =>
  new Promise<boolean>((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.on('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', () => resolve(true));
  });

test('told to stop, it takes no new requests, answers those under way, ends streams with a hint, and closes its database', async () => {
  const server = await startServerProcess(dataDir);
  const stream = await fetch(`${server.url}/api/v1/teams/ours/applies/${openApply()}/events`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(stream.status).toBe(200);
  const events = stream.text();
  const slow = await slowRequest(server);
  await pause(1000);
  server.child.kill('SIGTERM');
  // The stream ends by itself, long before the request under way does.
  expect(await events).toMatch(/retry: \d{4}\n: the server restarts\n\n$/);
  expect(await refusesConnections(server.url)).toBe(true);
  slow.finish();
  const status = await slow.answer;
  expect(await server.ended).toBe(0);
  expect(status).toBe(201);
  // The last connection to close takes the write-ahead log with it.
  for (const name of ['gatehouse.db-wal', 'gatehouse.db-shm', 'server.pid'])
    expect([name, existsSync(join(dataDir, name))]).toEqual([name, false]);
});

test('a second signal ends it at once; without one it waits no longer than it was told to', async () => {
  const impatient = await startServerProcess(dataDir, { GATEHOUSE_STOP_SECONDS: '600' });
  const never = await slowRequest(impatient);
  await pause(1000);
  impatient.child.kill('SIGTERM');
  const early = Promise.race([impatient.ended, never.answer]);
  expect(await Promise.race([early, pause(1500).then(() => 'still there')])).toBe('still there');
  impatient.child.kill('SIGTERM');
  expect(await impatient.ended).toBe(1);
  expect(await never.answer).not.toBe(201);

  const patient = await startServerProcess(dataDir, { GATEHOUSE_STOP_SECONDS: '1' });
  const cut = await slowRequest(patient);
  await pause(1000);
  patient.child.kill('SIGTERM');
  expect(await patient.ended).toBe(0);
  expect(await cut.answer).not.toBe(201);
});

test('doctor finds the dashboard that runs; red lines come with the command that fixes them', async () => {
  const server = await startServerProcess(dataDir);
  const { port } = new URL(server.url);
  const { stdout } = await runGatehouse(['doctor', '--json'], {
    GATEHOUSE_DATA_DIR: dataDir,
    PORT: port,
    HOST: '127.0.0.1',
  });
  const findings = JSON.parse(stdout);
  expect(findings.healthy).toBe(true);
  expect(findings.findings).toContainEqual(expect.objectContaining({ id: 'server', status: 'ok' }));
  server.child.kill('SIGTERM');
  expect(await server.ended).toBe(0);
});
