import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#api/contract/index';
import { closeDb } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { env } from '#server/platform/env';
import { sealSecret } from '#server/platform/secrets/seal-secret';
import { forgetSingletons } from '#server/platform/singleton';
import { addThings } from '#server/testing/add-things';
import { sampleRequest, type Things } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';
import { makeBackup } from './make-backup';
import { restoreBackup } from './restore-backup';

const canary = 'canary-6b1f-of-a-private-key';
const deleted = 'canary-77aa-of-a-deleted-row';
const dir = mkdtempSync(join(tmpdir(), 'gatehouse-backup-test-'));
chmodSync(dir, 0o700);
let server: TestServer;
let identity: string;
let recipient: string;
let token: string;
let cookie: string;
let things: Things;
const archive = join(dir, 'plain.age');
const fresh = (name: string) => join(dir, name);

beforeAll(async () => {
  server = await startTestServer();
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  const member = await addMember('ours', 'admin');
  token = member.token;
  ({ cookie } = await cookieOf(member.user.id));
  things = await addThings(member.team.id, member.user.id, 'ours');
  await write(async (tx) => {
    await sealSecret(tx, { teamId: member.team.id, purpose: 'ssh-key', value: canary });
    const { id } = await tx.list.create({
      data: { teamId: member.team.id, name: 'gone', description: deleted.repeat(200) },
    });
    await tx.list.delete({ where: { id } });
  });
  // The last use of a token is noted once a minute: now, not between the two walks.
  await answers();
  const { databaseFile } = env();
  await makeBackup({
    databaseFile,
    secretKeyFile: null,
    out: archive,
    lock: { recipients: [recipient] },
    version: '1',
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** What every GET of the contract says, to a token and to a browser. */
async function answers(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [who, headers] of [
    ['token', { authorization: `Bearer ${token}` }],
    ['browser', browserHeaders(cookie)],
  ] as const) {
    for (const operation of operations) {
      if (operation.method !== 'GET' || operation.response === 'event-stream') continue;
      const { url, init } = sampleRequest(operation, 'ours', things, headers);
      const response = await server.fetch(url, init);
      const text = await response.text();
      // These name one request alone.
      const lasting = text
        .replaceAll(response.headers.get('x-request-id') ?? '-', '')
        .replaceAll(/"(ticket|challenge)":"[^"]*"/g, '"$1":"…"')
        // The time of the look, and of the call itself where the last one was a minute ago.
        .replaceAll(/"(at|lastUsedAt)":"[^"]*"/g, '"$1":"…"');
      found[`${who} ${operation.id}`] = `${response.status} ${lasting}`;
    }
  }
  return found;
}

const restore = (file: string, to: string, more: object = {}) =>
  restoreBackup({ archive: file, dataDir: to, opener: { identities: [identity] }, ...more });

describe('a backup', () => {
  test('restored on a fresh machine, gives the same answers on every GET of the contract', async () => {
    const before = await answers();
    expect(Object.values(before).filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(15);
    const { dataDir, secretKeyFile } = env();
    const there = fresh('same');
    const { missingKeys } = await restore(archive, there, { keyFile: secretKeyFile });
    expect(missingKeys).toEqual([]);
    await closeDb();
    forgetSingletons();
    process.env.GATEHOUSE_DATA_DIR = there;
    try {
      expect(env().dataDir).toBe(there);
      expect(await answers()).toEqual(before);
    } finally {
      await closeDb();
      forgetSingletons();
      process.env.GATEHOUSE_DATA_DIR = dataDir;
    }
  });

  test('is readable by its owner alone, and leaves nothing beside it', () => {
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(readdirSync(env().dataDir).filter((name) => name.includes('backup'))).toEqual([]);
    expect(readdirSync(dir).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('shows nothing without its key; with it, secrets stay encrypted, and what was deleted is gone', async () => {
    const key = readFileSync(env().secretKeyFile, 'utf8').trim();
    const sealed = readFileSync(archive);
    for (const text of [canary, deleted, key, 'ours', 'SQLite format'])
      expect(sealed.includes(text)).toBe(false);
    const there = fresh('look-inside');
    await restore(archive, there);
    const database = readFileSync(join(there, 'gatehouse.db'));
    expect(database.includes('SQLite format')).toBe(true);
    for (const text of [canary, deleted, key]) expect(database.includes(text)).toBe(false);
    expect(existsSync(join(there, 'secret.key'))).toBe(false);
  });

  test('holds one moment while others write', async () => {
    const { databaseFile } = env();
    const db = new Database(databaseFile);
    const add = db.prepare(`INSERT INTO "List" (id, teamId, name) VALUES (?, ?, ?)`);
    const team = (db.prepare('SELECT id FROM "Team"').get() as { id: string }).id;
    let count = 0;
    // Always two rows together: an archive with one of them was not made at one moment.
    const timer = setInterval(() => {
      db.transaction(() => {
        add.run(`w${count}a`, team, `w${count}a`);
        add.run(`w${count}b`, team, `w${count}b`);
      }).immediate();
      count += 1;
    }, 1);
    const out = fresh('busy.age');
    const lock = { recipients: [recipient] };
    await makeBackup({ databaseFile, secretKeyFile: null, out, lock, version: '1' });
    clearInterval(timer);
    db.prepare(`DELETE FROM "List" WHERE id LIKE 'w%'`).run();
    db.close();
    expect(count).toBeGreaterThan(0);
    await restore(out, fresh('busy'));
    const copy = new Database(join(fresh('busy'), 'gatehouse.db'), { readonly: true });
    const { rows } = copy.prepare(`SELECT count(*) AS rows FROM "List" WHERE id LIKE 'w%'`).get() as {
      rows: number;
    };
    copy.close();
    expect(rows % 2).toBe(0);
  });

  test('with its key inside, locked by a passphrase, needs nothing else; another passphrase opens nothing', async () => {
    const { databaseFile, secretKeyFile } = env();
    const out = fresh('whole.age');
    const passphrase = 'correct horse battery staple';
    const made = { databaseFile, secretKeyFile, out, version: '1' };
    await expect(makeBackup({ ...made, lock: { passphrase: 'short' } })).rejects.toThrow('12 characters');
    await makeBackup({ ...made, lock: { passphrase } });
    await expect(makeBackup({ ...made, lock: { passphrase } })).rejects.toThrow('exists already');
    const there = fresh('whole');
    await expect(restore(out, there, { opener: { passphrase: 'wrong horse battery' } })).rejects.toThrow(
      'does not open',
    );
    expect(existsSync(there)).toBe(false);
    expect((await restore(out, there, { opener: { passphrase } })).missingKeys).toEqual([]);
    expect(readFileSync(join(there, 'secret.key'))).toEqual(readFileSync(secretKeyFile));
    expect(statSync(join(there, 'secret.key')).mode & 0o777).toBe(0o600);
  });
});

describe('restore refuses, and leaves nothing behind:', () => {
  const refused = async (bytes: Buffer, what: string) => {
    const file = fresh('broken.age');
    const there = fresh('refused');
    writeFileSync(file, bytes, { mode: 0o600 });
    const outcome = await restore(file, there).then(
      () => `${what}: restored`,
      (error: Error) => (error.name === 'ArchiveRefused' ? null : `${what}: ${error.stack}`),
    );
    if (existsSync(there)) return `${what}: left something behind`;
    return outcome;
  };

  test('an archive cut short at any length', async () => {
    const whole = readFileSync(archive);
    const piece = 64 * 1024 + 16;
    const header =
      whole.indexOf('\n--- ') + 1 + whole.subarray(whole.indexOf('\n--- ') + 1).indexOf('\n') + 1;
    const edges = [0, 1, 20, header - 1, header, header + 15, header + 16, header + 17];
    for (let at = header + 16 + piece; at < whole.length; at += piece) edges.push(at - 1, at, at + 1);
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 40)) edges.push(at);
    edges.push(whole.length - 1, whole.length - 16, whole.length - 17);
    const wrong: (string | null)[] = [];
    for (const length of new Set(edges))
      wrong.push(await refused(whole.subarray(0, length), `cut at ${length}`));
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await refused(Buffer.concat([whole, Buffer.from([0])]), 'longer')).toBeNull();
  });

  test('an archive with a bit flipped in any region', async () => {
    const whole = readFileSync(archive);
    const header = whole.indexOf('\n--- ') + 50;
    const places = Array.from({ length: header }, (_, at) => at).filter((at) => at % 3 === 0);
    for (let at = header; at < whole.length; at += Math.ceil(whole.length / 120)) places.push(at);
    const wrong: (string | null)[] = [];
    for (const at of [...places, whole.length - 1]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      wrong.push(await refused(changed, `flipped at ${at}`));
    }
    expect(wrong.filter(Boolean)).toEqual([]);
  });

  test('a directory that is not empty, open to others, or in use', async () => {
    const there = fresh('full');
    mkdirSync(there, { mode: 0o700 });
    writeFileSync(join(there, 'gatehouse.db'), 'mine');
    await expect(restore(archive, there)).rejects.toThrow('not empty');
    expect(readFileSync(join(there, 'gatehouse.db'), 'utf8')).toBe('mine');
    expect(readdirSync(there)).toEqual(['gatehouse.db']);
    const open = fresh('open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    await expect(restore(archive, open)).rejects.toThrow(`chmod 700 '${open}'`);
  });

  test('a database of a newer version, and a damaged one inside a sound archive', async () => {
    const { databaseFile } = env();
    const base = fresh('newer.db');
    const live = new Database(databaseFile);
    live.prepare('VACUUM INTO ?').run(base);
    live.close();
    const db = new Database(base);
    db.exec(`INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
             VALUES ('x', 'x', 1, '29990101000000_from_the_future', 1, 1)`);
    db.close();
    const lock = { recipients: [recipient] };
    const newer = fresh('newer.age');
    await makeBackup({ databaseFile: base, secretKeyFile: null, out: newer, lock, version: '9.9' });
    await expect(restore(newer, fresh('never'))).rejects.toThrow('29990101000000_from_the_future');
    expect(existsSync(fresh('never'))).toBe(false);
    const orphaned = new Database(base);
    orphaned.pragma('foreign_keys = OFF');
    orphaned.exec(
      `INSERT INTO "Member" (id, teamId, userId, role) VALUES ('m', 'nobody', 'nobody', 'admin')`,
    );
    orphaned.close();
    await expect(
      makeBackup({ databaseFile: base, secretKeyFile: null, out: fresh('bad.age'), lock, version: '9.9' }),
    ).rejects.toThrow('damaged');
    expect(existsSync(fresh('bad.age'))).toBe(false);
  });

  test('a key that is not the backup’s own', async () => {
    const other = fresh('other.key');
    writeFileSync(other, `${Buffer.alloc(32, 7).toString('base64')}\n`, { mode: 0o600 });
    await expect(restore(archive, fresh('wrong-key'), { keyFile: other })).rejects.toThrow('not the key');
    expect(existsSync(fresh('wrong-key'))).toBe(false);
  });
});
