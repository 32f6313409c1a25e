import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { closeDb, db } from '#server/platform/database/db';
import { tablesWithKeys } from '#server/platform/database/inspect-database';
import { write } from '#server/platform/database/write';
import { env } from '#server/platform/env';
import { forgetSingletons } from '#server/platform/singleton';
import { spawnProgram } from '#server/testing/spawn-program';
import {
  addMember,
  browserHeaders,
  cookieOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';
import { readKeyFile } from './key-file';
import { openSecret } from './open-secret';
import { rotateKey } from './rotate-key';
import { sealSecret } from './seal-secret';
import { sealedTables } from './sealed-tables';
import { openSecondFactor, sealSecondFactor } from './second-factor-seal';
import { secretKey } from './secret-key';

let server: TestServer | null = null;
let teamId: string;
let userId: string;
let token: string;

/** Another process that rotates, and dies by SIGKILL after so many steps; 0 lets it live. Returns the steps that it told of. */
async function rotateInChild(diesAfter = 0): Promise<string[]> {
  const child = await spawnProgram('lib/server/testing/rotate-child.ts', [String(diesAfter)], {
    GATEHOUSE_DATA_DIR: env().dataDir,
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code, signal] = await once(child, 'close');
  expect([code, signal]).toEqual(diesAfter > 0 ? [null, 'SIGKILL'] : [0, null]);
  return said.trim().split('\n');
}

const seal = (value: string) => write((tx) => sealSecret(tx, { teamId, purpose: 'ssh-key', value }));

async function openAll(): Promise<string[]> {
  const rows = await db().secret.findMany();
  return rows.map(openSecret).sort();
}

/** As after a start: nothing is remembered but what is on the disk. */
async function restart(): Promise<void> {
  await closeDb();
  forgetSingletons();
}

beforeEach(async () => {
  await server?.stop();
  server = await startTestServer();
  const member = await addMember('ours', 'admin');
  [teamId, userId, token] = [member.team.id, member.user.id, member.token];
});
afterAll(() => server?.stop());

test('every table whose rows name a key takes part in a rotation', () => {
  const file = new Database(env().databaseFile, { readonly: true });
  const named = tablesWithKeys(file);
  file.close();
  expect(sealedTables.map(({ table }) => table).sort()).toEqual(named);
});

test('killed at any step, it loses nothing and goes on from there, under a server that runs', async () => {
  const values = Array.from({ length: 60 }, (_, index) => `secret ${index}`).sort();
  for (const value of values) await seal(value);
  await write((tx) =>
    tx.secondFactor.create({ data: { userId, ...sealSecondFactor(userId, 'shared secret') } }),
  );
  const steps = await rotateInChild();
  expect(steps.length).toBeGreaterThan(7);
  for (let step = 1; step <= steps.length; step += 1) {
    const before = secretKey().id;
    await rotateInChild(step);
    // The running server, and one that starts now.
    expect(await openAll()).toEqual(values);
    await restart();
    expect(await openAll()).toEqual(values);
    expect(openSecondFactor(await db().secondFactor.findFirstOrThrow())).toBe('shared secret');
    const { resumed, unreadable } = await rotateKey();
    expect(unreadable).toEqual([]);
    const [current, ...old] = readKeyFile(env().secretKeyFile);
    expect(old).toEqual([]);
    expect(current.id).not.toBe(before);
    expect(resumed).toBe(step < steps.length);
    expect(await db().secret.count({ where: { keyId: { not: current.id } } })).toBe(0);
    await restart();
    expect(await openAll()).toEqual(values);
  }
});

test('what is stored while it runs, in another process, opens afterwards', async () => {
  const values: string[] = [];
  for (let index = 0; index < 120; index += 1) values.push(`early ${index}`);
  for (const value of values) await seal(value);
  let over = false;
  const rotation = rotateInChild().finally(() => {
    over = true;
  });
  for (let index = 0; !over; index += 1) {
    values.push(`late ${index}`);
    await seal(`late ${index}`);
    expect(openSecret(await db().secret.findFirstOrThrow({ orderBy: { createdAt: 'asc' } }))).toContain(' ');
    // The database answers at once, so nothing else would ever get its turn.
    await setImmediate();
  }
  await rotation;
  expect(await openAll()).toEqual([...values].sort());
  await restart();
  expect(await openAll()).toEqual([...values].sort());
});

test('two at once end with one key', async () => {
  for (let index = 0; index < 120; index += 1) await seal(`secret ${index}`);
  await Promise.all([rotateInChild(), rotateInChild()]);
  expect(readKeyFile(env().secretKeyFile)).toHaveLength(1);
  await restart();
  expect(await openAll()).toHaveLength(120);
});

test('a row that does not open keeps the old key, and is named', async () => {
  const id = await seal('sound');
  const broken = await seal('broken');
  await write((tx) => tx.secret.update({ where: { id: broken }, data: { ciphertext: Buffer.alloc(60, 1) } }));
  const { unreadable, rows } = await rotateKey();
  expect([rows, unreadable]).toEqual([1, [`Secret ${broken}`]]);
  expect(readKeyFile(env().secretKeyFile)).toHaveLength(2);
  expect(openSecret(await db().secret.findUniqueOrThrow({ where: { id } }))).toBe('sound');
  await write((tx) => tx.secret.delete({ where: { id: broken } }));
  expect(await rotateKey()).toMatchObject({ resumed: true, unreadable: [] });
  expect(readKeyFile(env().secretKeyFile)).toHaveLength(1);
});

test('browsers sign in again afterwards, since their cookies were signed with the old key; API tokens stay', async () => {
  const { cookie } = await cookieOf(userId);
  const asBrowser = () => server?.fetch('/api/v1/session', { headers: browserHeaders(cookie) });
  expect((await asBrowser())?.status).toBe(200);
  await rotateInChild();
  expect((await asBrowser())?.status).toBe(401);
  const again = await cookieOf(userId);
  const signedIn = await server?.fetch('/api/v1/session', { headers: browserHeaders(again.cookie) });
  expect(signedIn?.status).toBe(200);
  const headers = { authorization: `Bearer ${token}` };
  expect((await server?.fetch('/api/v1/teams/ours', { headers }))?.status).toBe(200);
});

test('a lost key file is not silently replaced while secrets need it', async () => {
  await seal('needs its key');
  const text = readFileSync(env().secretKeyFile, 'utf8');
  rmSync(env().secretKeyFile);
  await restart();
  expect(() => secretKey()).toThrow('gatehouse key new');
  writeFileSync(env().secretKeyFile, text, { mode: 0o600 });
  expect(await openAll()).toEqual(['needs its key']);
});
