import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDb } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { env } from '#server/platform/env';
import { sealSecret } from '#server/platform/secrets/seal-secret';
import { addMember, startTestServer, type TestServer } from '#server/testing/test-server';
import { examine } from './examine';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
  const { team } = await addMember('ours', 'admin');
  await write((tx) => sealSecret(tx, { teamId: team.id, purpose: 'ssh-key', value: 'x' }));
  for (const suffix of ['', '-wal', '-shm']) {
    const file = env().databaseFile + suffix;
    if (existsSync(file)) chmodSync(file, 0o600);
  }
});
afterEach(() => server.stop());

const red = async () => (await examine({ hosts: false })).filter(({ status }) => status === 'failed');
const edit = (sql: string) => {
  const db = new Database(env().databaseFile);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
};

test('a sound installation has no red line', async () => {
  expect(await red()).toEqual([]);
});

test('files that others may read are red, with their chmod', async () => {
  const { dataDir, secretKeyFile } = env();
  chmodSync(dataDir, 0o750);
  chmodSync(secretKeyFile, 0o640);
  const fix = (await red()).flatMap((finding) => finding.fix);
  expect(fix).toEqual(
    expect.arrayContaining([`chmod 700 '${dataDir}'`, `chmod 600 '${join(dataDir, 'secret.key')}'`]),
  );
});

test('a missing key and a foreign one are red', async () => {
  const { secretKeyFile } = env();
  rmSync(secretKeyFile);
  expect((await red())[0]).toMatchObject({
    id: 'keys',
    fix: [`install -m 600 YOUR-COPY '${secretKeyFile}'`],
  });
  writeFileSync(secretKeyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
  expect((await red())[0]).toMatchObject({ id: 'keys', message: expect.stringContaining('not in') });
});

test('a damaged database, rows that point nowhere, and one of a newer version are red', async () => {
  edit(`INSERT INTO "Member" (id, teamId, userId, role) VALUES ('m', 'nobody', 'nobody', 'admin')`);
  expect((await red())[0]).toMatchObject({ id: 'database', message: expect.stringContaining('Member') });
  edit(`DELETE FROM "Member" WHERE id = 'm'`);
  edit(
    `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
     VALUES ('x', 'x', 1, '29990101000000_later', 1, 1)`,
  );
  expect((await red())[0]).toMatchObject({ id: 'schema', message: expect.stringContaining('29990101') });
  await closeDb();
  for (const suffix of ['-wal', '-shm']) rmSync(env().databaseFile + suffix, { force: true });
  writeFileSync(env().databaseFile, Buffer.alloc(8192, 'x'), { mode: 0o600 });
  expect((await red())[0]).toMatchObject({ id: 'database', fix: [expect.stringContaining('restore')] });
});

test('a clock behind what has happened is red', async () => {
  edit(
    `INSERT INTO "Session" (id, token, userId, expiresAt, updatedAt)
     SELECT 's', 't', id, '2999-01-01T00:00:00.000+00:00', '2998-01-01T00:00:00.000+00:00' FROM "User" LIMIT 1`,
  );
  expect((await red())[0]).toMatchObject({ id: 'clock', fix: ['timedatectl set-ntp true'] });
});

test('a record that somebody wrote past is red', async () => {
  edit(
    `INSERT INTO "Activity" (id, sequence, hash, teamId, actorLabel, address, requestId, event, subject)
     SELECT 'x', 1, 'x', id, 'nobody', '', '', 'site.deleted', 'slipped in' FROM "Team" LIMIT 1`,
  );
  expect((await red())[0]).toMatchObject({ id: 'record', fix: ['gatehouse activity verify'] });
});
