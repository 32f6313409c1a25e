import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { writeAudit } from '../../door/audit';
import { closeDb, db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { env } from '../../platform/env';
import { sampleSite } from '../../testing/sample-requests';
import { addMember, clientOf, startTestServer, type TestServer } from '../../testing/test-server';
import { recordTriggers } from './record-triggers';
import { verifyChain } from './verify-chain';

let server: TestServer;
let admin: Awaited<ReturnType<typeof addMember>>;
let other: Awaited<ReturnType<typeof addMember>>;
let ada: ReturnType<typeof clientOf>;
const params = { team: 'ours' };

const add = (event: `${string}.${string}`, more: Partial<Parameters<typeof writeAudit>[1]> = {}) =>
  write((tx) =>
    writeAudit(tx, {
      event,
      subject: 'site ci',
      teamIds: [admin.team.id],
      actorId: admin.user.id,
      actorLabel: admin.user.email,
      address: '192.0.2.1',
      requestId: 'r',
      ...more,
    }),
  );
const file = () => join(server.dataDir, 'gatehouse.db');

beforeAll(async () => {
  server = await startTestServer();
  admin = await addMember('ours', 'admin');
  other = await addMember('theirs', 'admin');
  ada = clientOf(server, admin.token);
  await add('site.created', { detail: { z: 1, a: { y: null, x: [1, 2.5, 'é'] } } });
  await add('site.updated', { teamIds: [admin.team.id, other.team.id] });
  await add('token.created', { teamIds: [null], actorId: null });
  await add('host.created', { teamIds: [other.team.id], subject: 'host canary' });
  await add('host.updated', { subject: 'host web1', subjectId: 'h1' });
});
afterAll(() => server.stop());

describe('the record only grows', () => {
  test('rows of several teams take one place each, without gaps, and the chain is whole', async () => {
    const rows = await db().activity.findMany({ orderBy: { sequence: 'asc' } });
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
    expect(await verifyChain()).toMatchObject({ rows: rows.length, broken: null });
  });

  test('any writer to the database: a row cannot be changed, deleted, put in between or go with its team', async () => {
    const tampering = (sql: string) => write((tx) => tx.$executeRawUnsafe(sql));
    for (const sql of [
      "UPDATE Activity SET subject = 'x' WHERE sequence = 2",
      'DELETE FROM Activity WHERE sequence = 2',
      'DELETE FROM Activity',
      'INSERT INTO Activity (id, actorLabel, address, requestId, event, subject) VALUES (1, 1, 1, 1, 1, 1)',
      'INSERT INTO Activity (id, sequence, actorLabel, address, requestId, event, subject) VALUES (1, 99, 1, 1, 1, 1, 1)',
    ])
      await expect(tampering(sql), sql).rejects.toThrow();
    const gone = await addMember('gone', 'admin');
    await add('team.created', { teamIds: [gone.team.id] });
    await write((tx) => tx.team.delete({ where: { id: gone.team.id } }));
    expect(await db().activity.count({ where: { teamId: gone.team.id } })).toBe(1);
    expect((await verifyChain()).broken).toBeNull();
  });

  test('a change that fails leaves no row and no gap', async () => {
    const before = await db().activity.count();
    const failing = write(async (tx) => {
      await writeAudit(tx, {
        event: 'site.created',
        subject: 's',
        teamIds: [admin.team.id],
        actorId: null,
        actorLabel: 'a',
        address: '',
        requestId: '',
      });
      throw new Error('after the record');
    });
    await expect(failing).rejects.toThrow('after the record');
    await add('site.updated');
    const [last] = await db().activity.findMany({ orderBy: { sequence: 'desc' }, take: 1 });
    expect(last?.sequence).toBe(before + 1);
  });
});

describe('class "forged record": a change of the database file behind our back is found out', () => {
  let dir: string;
  beforeEach(async () => {
    await closeDb();
    dir = mkdtempSync(join(tmpdir(), 'gatehouse-record-test-'));
    for (const suffix of ['', '-wal', '-shm'])
      try {
        copyFileSync(file() + suffix, join(dir, `copy${suffix}`));
      } catch {
        // Closed in good order, it has no log.
      }
  });
  afterEach(async () => {
    await closeDb();
    for (const suffix of ['-wal', '-shm']) rmSync(file() + suffix, { force: true });
    copyFileSync(join(dir, 'copy'), file());
    rmSync(dir, { recursive: true });
  });
  function tamper(sql: string) {
    const database = new Database(file());
    for (const name of ['no_update', 'no_delete', 'no_gap']) database.exec(`DROP TRIGGER Activity_${name}`);
    database.exec(sql);
    database.close();
  }

  test.each([
    ['a changed field', "UPDATE Activity SET subject = 'site evil' WHERE sequence = 3", 3],
    ['a changed detail', `UPDATE Activity SET detail = '{"z":2}' WHERE sequence = 1`, 1],
    ['a changed time', "UPDATE Activity SET at = '2020-01-01T00:00:00.000+00:00' WHERE sequence = 2", 2],
    ['another actor', "UPDATE Activity SET actorId = 'eve' WHERE sequence = 4", 4],
    [
      'another hash',
      "UPDATE Activity SET hash = iif(hash LIKE 'f%', 'e', 'f') || substr(hash, 2) WHERE sequence = 2",
      2,
    ],
    ['a deleted row', 'DELETE FROM Activity WHERE sequence = 3', 3],
    [
      'a deleted row with the others moved up',
      'DELETE FROM Activity WHERE sequence = 3; UPDATE Activity SET sequence = -sequence WHERE sequence > 3; UPDATE Activity SET sequence = -sequence - 1 WHERE sequence < 0',
      3,
    ],
    [
      'two rows in another order',
      'UPDATE Activity SET sequence = -2 WHERE sequence = 2; UPDATE Activity SET sequence = 2 WHERE sequence = 3; UPDATE Activity SET sequence = 3 WHERE sequence = -2',
      2,
    ],
    [
      'a row slipped in before the chain',
      "INSERT INTO Activity (id, actorLabel, address, requestId, event, subject) VALUES ('old', 'a', 'b', 'c', 'd.e', 'f')",
      1,
    ],
    ['a row that cannot be read', "UPDATE Activity SET detail = '{broken' WHERE sequence = 4", 4],
  ])('%s', async (_, sql, sequence) => {
    tamper(sql);
    expect((await verifyChain()).broken).toMatchObject({ sequence });
  });

  test('an admin is told which row, and what it says only where it is the team’s own', async () => {
    tamper("UPDATE Activity SET address = 'x' WHERE sequence = 5");
    const foreign = await ada.call(contract.activity.verify, { params });
    expect(foreign.broken).toMatchObject({ sequence: 5, row: null });
    expect(JSON.stringify(foreign)).not.toContain('canary');
    await closeDb();
    const database = new Database(file());
    database.exec("UPDATE Activity SET address = 'x' WHERE sequence = 1");
    database.close();
    const own = await ada.call(contract.activity.verify, { params });
    expect(own.broken).toMatchObject({ sequence: 1, row: { event: 'site.created', subject: 'site ci' } });
  });

  test('rows cut off at the end, and a recomputed chain, by the head noted before', async () => {
    const { head, rows } = await verifyChain();
    if (!head) expect.fail('there are rows');
    tamper(`DELETE FROM Activity WHERE sequence > ${rows - 2}`);
    expect((await verifyChain()).broken).toBeNull();
    expect((await verifyChain(head)).broken).toMatchObject({ sequence: rows - 1 });
    expect((await verifyChain({ sequence: 2, hash: '0'.repeat(64) })).broken).toMatchObject({ sequence: 2 });
  });

  test('what was recorded before there was a chain is held by its first row', async () => {
    tamper('DELETE FROM Activity');
    const database = new Database(file());
    for (const n of [1, 2])
      database.exec(
        `INSERT INTO Activity (id, at, actorLabel, address, requestId, event, subject) VALUES ('old${n}', '2020-01-0${n}T00:00:00.000+00:00', 'a', 'b', 'c', 'd.e', 'f')`,
      );
    database.close();
    await add('site.updated');
    expect(await verifyChain()).toMatchObject({ before: 2, rows: 1, broken: null });
    await closeDb();
    const again = new Database(file());
    again.exec("UPDATE Activity SET subject = 'g' WHERE id = 'old2'");
    again.close();
    expect((await verifyChain()).broken).toMatchObject({ sequence: 1 });
  });
});

describe('finding and taking along', () => {
  const list = (query: object) => ada.call(contract.activity.list, { params, query });
  const subjects = async (query: object) =>
    (await list(query)).items.map(({ event, subject }) => `${event} ${subject}`);

  test('by person, kind, event, thing, word and time', async () => {
    expect(await subjects({ event: 'host' })).toEqual(['host.updated host web1']);
    expect(await subjects({ event: 'host.created' })).toEqual([]);
    expect(await subjects({ subjectId: 'h1' })).toEqual(['host.updated host web1']);
    expect(await subjects({ text: 'WEB1' })).toEqual(['host.updated host web1']);
    expect(await subjects({ text: 'canary' })).toEqual([]);
    expect((await list({ actor: admin.user.id })).total).toBeGreaterThan(2);
    expect((await list({ actor: 'dashboard' })).total).toBe(0);
    expect((await list({ actor: other.user.id })).total).toBe(0);
    expect((await list({ to: '2020-01-01T00:00:00Z' })).total).toBe(0);
    expect((await list({ from: '2020-01-01T00:00:00Z' })).total).toBe((await list({})).total);
  });

  test('page by page nothing is left out and nothing comes twice, within one millisecond too', async () => {
    const all = (await list({ limit: 500 })).items.map(({ id }) => id);
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, ...(cursor ? { cursor } : {}) });
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    } while (cursor);
    expect(paged).toEqual(all);
  });

  test('as JSON lines, oldest first, by the same filter, and of this team only', async () => {
    const ask = (query: string) =>
      server.fetch(`/api/v1/teams/ours/activity/export${query}`, {
        headers: { authorization: `Bearer ${admin.token}` },
      });
    const response = await ask('');
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const rows = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => contract.activity.export.event.parse(JSON.parse(line)));
    expect(rows.map(({ id }) => id)).toEqual(
      (await list({ limit: 500 })).items.map(({ id }) => id).reverse(),
    );
    expect(JSON.stringify(rows)).not.toContain('canary');
    expect((await (await ask('?event=host')).text()).trimEnd().split('\n')).toHaveLength(1);
    expect((await ask('?event=%27')).status).toBe(422);
  });

  test('an export longer than a page is whole', async () => {
    for (let n = 0; n < 6; n++)
      await write(async (tx) => {
        for (let each = 0; each < 200; each++)
          await writeAudit(tx, {
            event: 'site.updated',
            subject: `bulk ${n}-${each}`,
            teamIds: [admin.team.id],
            actorId: null,
            actorLabel: 'dashboard',
            address: 'dashboard',
            requestId: 'bulk',
          });
      });
    const response = await server.fetch('/api/v1/teams/ours/activity/export?text=bulk', {
      headers: { authorization: `Bearer ${admin.token}` },
    });
    const lines = (await response.text()).trimEnd().split('\n');
    expect(new Set(lines).size).toBe(1200);
  });

  test('words are found page by page, with every other filter, as they are written, and of this team only', async () => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({
        text: ' BULK ',
        limit: 500,
        ...(cursor ? { cursor } : {}),
      });
      expect(page.total).toBe(1200);
      found.push(...page.items.map(({ subject }) => subject));
      cursor = page.next;
    } while (cursor);
    expect(new Set(found).size).toBe(1200);
    expect([found[0], found.at(-1)]).toEqual(['bulk 5-199', 'bulk 0-0']);
    expect((await list({ text: 'bulk 3-19', event: 'site', actor: 'dashboard' })).total).toBe(11);
    for (const filter of [
      { event: 'host' },
      { actor: admin.user.id },
      { subjectId: 'h1' },
      { to: '2020-01-01T00:00:00Z' },
    ])
      expect((await list({ text: 'bulk', ...filter })).total).toBe(0);
    for (const text of ['bulk%199', 'bulk_5', '"bulk"', 'bulk OR host', 'bulk*', 'canary'])
      expect([text, (await list({ text })).total]).toEqual([text, 0]);
    expect((await list({ text: 'ul', limit: 1 })).items).toHaveLength(1);
  });

  test('words in rows from before there was a chain come after all others', async () => {
    await closeDb();
    const database = new Database(file());
    const { sql } = database
      .prepare("SELECT sql FROM sqlite_master WHERE name = 'Activity_no_gap'")
      .get() as { sql: string };
    database.exec('DROP TRIGGER "Activity_no_gap"');
    for (const n of [1, 2, 3])
      database
        .prepare(
          `INSERT INTO Activity (id, teamId, at, actorLabel, address, requestId, event, subject) VALUES (?, ?, ?, 'a', 'b', 'c', 'd.e', ?)`,
        )
        .run(`old${n}`, admin.team.id, `2020-01-0${n}T00:00:00.000+00:00`, `site bulk 0-19${n} of old`);
    database.exec(sql);
    database.close();
    const first = await list({ text: 'bulk 0-19', limit: 12 });
    expect([first.total, first.items.at(-1)?.subject]).toEqual([14, 'site bulk 0-193 of old']);
    const rest = await list({ text: 'bulk 0-19', limit: 12, cursor: first.next });
    expect(rest.items.map(({ id }) => id)).toEqual(['old2', 'old1']);
  });
});

test('a change says what was and what is, field by field, and no secret', async () => {
  const document = sampleSite('ci');
  const site = await ada.call(contract.sites.create, { params, body: { document, targetIds: [] } });
  const edited = {
    ...document,
    description: 'of the builds',
    requestHeaders: [{ op: 'set' as const, name: 'Authorization', value: 'canary' }],
  };
  await ada.call(contract.sites.update, {
    params: { ...params, id: site.id },
    ifMatch: 1,
    body: { document: edited, targetIds: [] },
  });
  const { items } = await ada.call(contract.activity.list, {
    params,
    query: { event: 'site.updated', subjectId: site.id },
  });
  expect(items[0]?.fields).toContainEqual({ path: 'description', before: '', after: 'of the builds' });
  expect(items[0]?.fields).toContainEqual({ path: 'requestHeaders[0].value', after: '(secret)' });
  const host = await ada.call(contract.hosts.create, {
    params,
    body: { transport: 'ssh', name: 'web-9', address: '192.0.2.1', key: { source: 'generate' } },
  });
  await ada.call(contract.hosts.update, { params: { ...params, id: host.id }, body: { port: 2222 } });
  const changed = await ada.call(contract.activity.list, { params, query: { subjectId: host.id } });
  expect(changed.items[0]?.fields).toEqual([{ path: 'port', before: '22', after: '2222' }]);
});

test('class "forged record": triggers that are gone, changed or new are told, though every row is whole', async () => {
  const edit = (sql: string) => {
    const file = new Database(env().databaseFile);
    file.exec(sql);
    file.close();
  };
  expect((await verifyChain()).triggers, 'as the migrations made them').toEqual([]);
  edit('DROP TRIGGER "Activity_no_delete"');
  expect((await verifyChain()).triggers).toEqual(['the trigger Activity_no_delete is gone']);
  edit(`CREATE TRIGGER "Activity_no_delete" BEFORE DELETE ON "Activity" BEGIN SELECT 1; END`);
  expect((await verifyChain()).triggers).toEqual(['the trigger Activity_no_delete is not as it was made']);
  edit(`DROP TRIGGER "Activity_no_delete"; ${recordTriggers.Activity_no_delete};
    CREATE TRIGGER "Other" AFTER INSERT ON "Activity" BEGIN SELECT 1; END`);
  expect((await verifyChain()).triggers).toEqual(['there is a trigger Other that Gatehouse did not make']);
  edit('DROP TRIGGER "Other"');
});
