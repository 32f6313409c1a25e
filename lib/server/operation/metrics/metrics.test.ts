import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { GET } from '../../../../app/api/metrics/route';
import { Prisma } from '../../../generated/prisma/client';
import { createConnectionPool } from '../../hosts/ssh/connection-pool';
import { recordMail } from '../../messages/notify/record-try';
import { db, readRows } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { addThings } from '../../testing/add-things';
import { addMember, startTestServer, type TestServer } from '../../testing/test-server';

const dir = mkdtempSync(join(tmpdir(), 'gatehouse-metrics-test-'));
const tokenFile = join(dir, 'token');
let server: TestServer;
let from = 0;

beforeAll(() => writeFileSync(tokenFile, 'scrape-me\n', { mode: 0o600 }));
afterEach(() => server.stop());
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ask = (headers: Record<string, string> = {}) =>
  GET(
    new Request('http://gatehouse.test/api/metrics', {
      headers: { ...headers, 'x-gatehouse-address': `a${from}` },
    }),
  );
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const start = async (more: Record<string, string> = {}) => {
  from += 1;
  server = await startTestServer({ GATEHOUSE_METRICS_TOKEN_FILE: tokenFile, ...more });
};

describe('who may read', () => {
  test('unless somebody asked for them there are none', async () => {
    server = await startTestServer();
    expect((await ask(bearer('scrape-me'))).status).toBe(404);
  });

  test('only who brings the token', async () => {
    await start();
    for (const headers of [
      {},
      bearer('scrape-m'),
      bearer('scrape-me2'),
      { authorization: 'Basic c2NyYXBlLW1lOg==' },
    ])
      expect((await ask(headers)).status).toBe(401);
    expect((await ask(bearer('scrape-me'))).status).toBe(200);
    const guesses = await Promise.all(
      Array.from({ length: 40 }, (_, index) => ask(bearer(`guess-${index}`))),
    );
    expect(guesses.map(({ status }) => status)).toContain(429);
  });

  test('a token file that others can read opens nothing', async () => {
    const open = join(dir, 'open');
    writeFileSync(open, 'scrape-me\n', { mode: 0o644 });
    await start({ GATEHOUSE_METRICS_TOKEN_FILE: open });
    expect((await ask(bearer('scrape-me'))).status).toBe(500);
  });
});

test('what happened can be counted', async () => {
  await start();
  const { team, user, token } = await addMember('ours', 'admin');
  await addThings(team.id, user.id, 'ours');
  await server.fetch('/api/v1/teams/ours/sites', { headers: bearer(token) });
  await server.fetch('/api/v1/teams/none/sites', { headers: bearer(token) });
  const message = { teamId: team.id, userId: user.id, event: 'apply.failed', subject: 's', text: 't' };
  await write((tx) => tx.mail.create({ data: { ...message, status: 'waiting' } }));
  const { id } = await db().mail.findFirstOrThrow();
  await recordMail({ id, before: 0, error: 'no' });
  const pool = createConnectionPool();
  const target = { address: '127.0.0.1', port: 1, user: 'u', hostKeyType: '', hostKeyFingerprint: '' };
  await pool
    .transport({ ...target, privateKey: 'x' })
    .exec('enrolled', [])
    .catch(() => undefined);
  const text = await (await ask(bearer('scrape-me'))).text();
  const value = (line: string) =>
    Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
  expect(value('gatehouse_http_request_duration_seconds_count{operation="sites.list",status="200"}')).toBe(1);
  expect(value('gatehouse_http_request_duration_seconds_count{operation="sites.list",status="404"}')).toBe(1);
  expect(value('gatehouse_applies{status="succeeded"}')).toBe(1);
  expect(value('gatehouse_applies{status="rolled-back"}')).toBe(0);
  expect(value('gatehouse_drift_files{status="open"}')).toBe(1);
  expect(value('gatehouse_webhook_messages{status="failed"}')).toBe(1);
  expect(value('gatehouse_mails{status="waiting"}')).toBe(1);
  expect(value('gatehouse_notification_tries_total{channel="mail",outcome="failed"}')).toBe(1);
  expect(value('gatehouse_ssh_connects_total{outcome="unreachable"}')).toBe(1);
  expect(value('gatehouse_ssh_connections')).toBe(0);
  expect(value('gatehouse_database_bytes')).toBeGreaterThan(4096);
  expect(value('gatehouse_process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
});

test('certificates are counted by share of their lifetime: a six-day and a one-year life are judged alike', async () => {
  await start();
  const { team, user } = await addMember('ours', 'admin');
  const things = await addThings(team.id, user.id, 'ours');
  const dayMs = 86_400_000;
  const add = (
    name: string,
    days: number,
    left: number,
    more: { revokedAt?: Date; problemAt?: Date } = {},
  ) => {
    const notAfter = new Date(Date.now() + days * left * dayMs);
    return write((tx) =>
      tx.certificate.create({
        data: {
          teamId: team.id,
          siteId: things.site,
          targetId: things.target,
          name,
          issuerName: 'ca',
          hostnames: ['ci.example.com'],
          keyType: 'ecdsa',
          serial: '0A',
          notBefore: new Date(notAfter.getTime() - days * dayMs),
          notAfter,
          ...more,
        },
      }),
    );
  };
  for (const days of [6, 397]) {
    await add(`new-${days}`, days, 0.9);
    await add(`late-${days}`, days, 0.2);
    await add(`serious-${days}`, days, 0.05);
    await add(`expired-${days}`, days, -0.01);
  }
  await add('failing', 90, 0.3, { problemAt: new Date() });
  await add('revoked', 90, 0.3, { revokedAt: new Date() });
  const text = await (await ask(bearer('scrape-me'))).text();
  const counts = Object.fromEntries(
    [...text.matchAll(/^gatehouse_certificates\{status="(\w+)"\} (\d+)$/gm)].map(([, status, count]) => [
      status,
      Number(count),
    ]),
  );
  // The one that waits is of the team's sample things.
  expect(counts).toEqual({
    valid: 2,
    late: 2,
    serious: 2,
    expired: 2,
    failing: 1,
    revoked: 1,
    waiting: 1,
    ordering: 0,
  });
});

describe('slow queries', () => {
  const logOf = () => {
    let text = '';
    const sink = new Writable({
      write(chunk, _encoding, done) {
        text += chunk;
        done();
      },
    });
    (globalThis as { [key: symbol]: unknown })[Symbol.for('gatehouse.log')] = pino({ level: 'trace' }, sink);
    return () => text;
  };

  test('are logged with model and operation, and without what was asked for', async () => {
    await start({ GATEHOUSE_SLOW_QUERY_MS: '0.001' });
    const text = logOf();
    const ask = async () => {
      await db().site.findMany({ where: { name: 'canary' } });
      await write((tx) => tx.setupToken.deleteMany({ where: { tokenHash: 'canary' } }));
    };
    // The first of a kind is compiled, which says nothing about the database.
    await ask();
    expect(text()).toBe('');
    await ask();
    await readRows('canary', Prisma.sql`SELECT h."id" FROM "Host" h WHERE h."name" = ${'canary'}`);
    const lines = text()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const named = lines.map(({ model, operation }) => `${model}.${operation}`);
    expect(named).toContain('Site.findMany');
    expect(named).toContain('SetupToken.deleteMany');
    expect(named).toContain('Host.sql');
    expect(text()).not.toContain('canary');
  });

  test('quick ones are not, and nobody has to have them', async () => {
    for (const limit of ['60000', '0']) {
      await start({ GATEHOUSE_SLOW_QUERY_MS: limit });
      const text = logOf();
      await db().site.findMany();
      expect(text()).toBe('');
      if (limit !== '0') await server.stop();
    }
  });
});
