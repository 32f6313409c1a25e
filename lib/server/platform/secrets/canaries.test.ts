import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, operations } from '#api/contract/index';
import type { Operation } from '#api/operation';
import { GET as getMetrics } from '../../../../app/api/metrics/route';
import {
  readable as decoded,
  type MailServer,
  startMailServer,
} from '../../messages/mail/testing/mail-server';
import { deliverAll } from '../../messages/notify-jobs';
import { type Receiver, startReceiver } from '../../messages/webhooks/testing/receiver';
import { addThings } from '../../testing/add-things';
import { sampleRequest, type Things } from '../../testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  startTestServer,
  type TestServer,
} from '../../testing/test-server';
import { db } from '../database/db';
import { write } from '../database/write';
import { log, redactedPaths } from '../log';
import { secretKey } from './secret-key';

/** A secret that occurs nowhere else. */
const canary = (place: string) => `canary-${place.replaceAll(' ', '-')}-${randomBytes(9).toString('hex')}`;
const dir = mkdtempSync(join(tmpdir(), 'gatehouse-canaries-'));

/** What must be nowhere, by the place that keeps it. */
const secrets = new Map<string, string>();
const plant = (place: string, value = canary(place)): string => {
  secrets.set(place, value);
  return value;
};

/** Names of the secrets that a text holds, as they are or in a form that anybody can turn back. */
function secretsIn(text: string): string[] {
  return [...secrets].flatMap(([place, value]) => {
    const bytes = Buffer.from(value);
    const forms = [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      bytes.toString('hex'),
      // Without its ends, which depend on what is beside it.
      ...[0, 1, 2].map((shift) =>
        Buffer.concat([Buffer.alloc(shift), bytes])
          .toString('base64')
          .slice(4, -4),
      ),
    ];
    return forms.some((form) => text.includes(form)) ? [place] : [];
  });
}

let server: TestServer;
let mail: MailServer;
let receiver: Receiver;
let logged = '';
/** Answers to those who made a secret: it is shown there, once. */
let shownOnce = '';
let things: Things;
/** What another team shares with ours, and the way into a list that a link shows. */
let shared: Things;
const linkToken = () => secrets.get('lists.createLink token') ?? '';
let teamId: string;
const callers: { who: string; headers: Record<string, string> }[] = [];

const answering = operations.filter(({ gate, answersSecret }) => gate.kind === 'team' && answersSecret);

/** The secrets in such an answer; of a link the part that nobody can guess. */
function secretFields(answer: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(answer).flatMap(([name, value]): [string, string][] => {
    const named = /^(?:token|secret|password|link|url|\w+Secret)$/.test(name);
    const random = typeof value === 'string' ? value.match(/[\w+/-]{20,}=*/g)?.at(-1) : undefined;
    return named && random ? [[name, random]] : [];
  });
}

async function plantEverywhere() {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', plant('key passphrase'), '-f', join(dir, 'key')]);
  const privateKey = readFileSync(join(dir, 'key'), 'utf8');
  plant('uploaded private key', privateKey.split('\n')[3] ?? '');
  const { team, user, token } = await addMember('ours', 'admin', 'ada@example.com');
  teamId = team.id;
  plant('API token', token);
  await write((tx) => tx.user.update({ where: { id: user.id }, data: { administrator: true } }));
  const { cookie } = await cookieOf(user.id);
  plant('session cookie', cookie.split('=')[1] ?? '');
  const owned = await addThings(team.id, user.id, 'ours');
  const neighbour = await addMember('neighbours', 'admin');
  shared = await addThings(neighbour.team.id, neighbour.user.id, 'neighbours');
  await write((tx) => tx.listShare.create({ data: { listId: shared.list, teamId: team.id, level: 'edit' } }));
  callers.push(
    { who: 'session', headers: browserHeaders(cookie) },
    { who: 'token', headers: { authorization: `Bearer ${token}` } },
    { who: 'nobody', headers: browserHeaders() },
  );

  const make = async (operation: Operation, body: unknown): Promise<string> => {
    const { url, init } = sampleRequest(operation, 'ours', owned, browserHeaders(cookie));
    const response = await server.fetch(url, { ...init, body: JSON.stringify(body) });
    const text = await response.text();
    expect(response.status, text).toBe(201);
    shownOnce += text;
    return (JSON.parse(text) as { id: string }).id;
  };
  const host = await make(contract.hosts.create, {
    transport: 'ssh',
    access: 'enrolled',
    name: 'canary',
    address: '127.0.0.1',
    port: 1,
    key: { source: 'upload', privateKey, passphrase: secrets.get('key passphrase') },
  });
  const url = `${receiver.url}/${plant('webhook address')}?key=${plant('webhook query')}`;
  const events = ['drift.found', 'apply.failed'];
  const webhook = await make(contract.webhooks.create, { name: 'all', kind: 'json', url, events });
  await make(contract.webhooks.create, { name: 'chat', kind: 'slack', url, events });
  const signing = /"signingSecret":"(whsec_[^"]+)"/.exec(shownOnce)?.[1] ?? '';
  plant('webhook signing secret', signing.slice('whsec_'.length));
  await make(contract.tokens.create, { name: 'second' });
  plant('new API token', /"token":"([^"]+)"/.exec(shownOnce)?.[1] ?? '');
  things = { ...owned, host, webhook };
  // An operation that declares a secret in its answer: a new operation is covered by itself.
  for (const operation of answering) {
    const { url, init } = sampleRequest(operation, 'ours', owned, browserHeaders(cookie));
    const response = await server.fetch(url, init);
    const text = await response.text();
    expect(response.status, `${operation.id}: ${text}`).toBe(operation.status);
    shownOnce += text;
    const shown = secretFields(JSON.parse(text));
    expect(shown, operation.id).not.toEqual([]);
    for (const [name, value] of shown) plant(`${operation.id} ${name}`, value);
  }

  const key = secretKey();
  plant('key file', readFileSync(join(server.dataDir, 'secret.key'), 'utf8').trim());
  plant('derived key', key.derive('secrets v1').toString('base64'));
  await write((tx) => plantColumns(tx, team.id, user.id, owned.list));
}

/** Columns that keep hashes and sealed texts: one row each with a canary instead, whichever code really writes them. */
async function plantColumns(
  tx: Parameters<Parameters<typeof write>[0]>[0],
  team: string,
  userId: string,
  listId: string,
) {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const bytes = (place: string) => Uint8Array.from(Buffer.from(plant(place)));
  await tx.account.create({
    data: {
      userId,
      accountId: userId,
      providerId: 'credential',
      password: plant('password hash'),
      accessToken: plant('access token'),
      refreshToken: plant('refresh token'),
      idToken: plant('id token'),
    },
  });
  await tx.verification.create({
    data: { identifier: plant('verification name'), value: plant('verification'), expiresAt },
  });
  await tx.session.create({ data: { userId, token: plant('other session'), expiresAt } });
  await tx.secondFactor.create({
    data: { userId, keyId: 'k', ciphertext: bytes('second factor'), confirmedAt: new Date() },
  });
  await tx.recoveryCode.create({ data: { userId, codeHash: plant('recovery code') } });
  await tx.passwordReset.create({ data: { userId, tokenHash: plant('password reset'), expiresAt } });
  await tx.invitation.create({
    data: { teamId: team, email: 'b@example.com', role: 'viewer', tokenHash: plant('invitation'), expiresAt },
  });
  await tx.listLink.create({ data: { listId, tokenHash: plant('list link'), prefix: 'gl_', expiresAt } });
  await tx.apiToken.create({
    data: { teamId: team, userId, name: 'third', tokenHash: plant('token hash'), prefix: 'gh_' },
  });
}

beforeAll(async () => {
  const password = plant('SMTP password');
  const metricsToken = plant('metrics token');
  writeFileSync(join(dir, 'smtp'), `${password}\n`, { mode: 0o600 });
  writeFileSync(join(dir, 'metrics'), `${metricsToken}\n`, { mode: 0o600 });
  mail = await startMailServer({ login: { user: 'gate', password } });
  receiver = await startReceiver();
  server = await startTestServer({
    LOG_LEVEL: 'trace',
    GATEHOUSE_SLOW_QUERY_MS: '0.001',
    GATEHOUSE_SMTP_HOST: '127.0.0.1',
    GATEHOUSE_SMTP_PORT: String(mail.port),
    GATEHOUSE_SMTP_USER: 'gate',
    GATEHOUSE_SMTP_PASSWORD_FILE: join(dir, 'smtp'),
    GATEHOUSE_MAIL_FROM: 'gate@example.com',
    GATEHOUSE_METRICS_TOKEN_FILE: join(dir, 'metrics'),
    GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1',
  });
  // The log goes to standard output, past the test's own console.
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  const store = globalThis as { [key: symbol]: unknown };
  store[Symbol.for('gatehouse.log')] = pino({ level: 'trace', redact: { paths: redactedPaths } }, sink);
  await plantEverywhere();
});
afterAll(async () => {
  await mail.close();
  await receiver.close();
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
});

test('control: the search finds each secret where it does stand', () => {
  expect(secrets.size).toBeGreaterThan(20);
  for (const [place, value] of secrets) {
    expect(value.length, place).toBeGreaterThan(20);
    expect(secretsIn(`x${value}y`), place).toContain(place);
    expect(secretsIn(Buffer.from(`{"a":"${value}"}`).toString('base64')), place).toContain(place);
  }
  const shown = secretsIn(shownOnce);
  for (const place of ['webhook signing secret', 'new API token', ...answering.map(({ id }) => id)])
    expect(
      shown.some((each) => each.startsWith(place)),
      place,
    ).toBe(true);
  expect(secretsIn('nothing')).toEqual([]);
});

// The stream of an apply that has ended ends, too.
const readable = operations.filter(({ method }) => method === 'GET');
describe.each(readable.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  test('holds no secret, no matter who asks', async () => {
    const statuses: number[] = [];
    for (const { who, headers } of callers) {
      const of = operation.id.startsWith('shared.') ? shared : things;
      const { url, init } = sampleRequest(operation, 'ours', of, headers);
      const response = await server.fetch(url.replace('no-such-token', linkToken()), init);
      statuses.push(response.status);
      const text = `${JSON.stringify([...response.headers])}${await response.text()}`;
      expect(secretsIn(text), `asked by ${who}`).toEqual([]);
    }
    // An answer that only says no proves nothing; without an OpenID provider there is no other.
    expect(statuses).toContain(operation.id === 'sso.begin' ? 404 : 200);
  });
});

test('no broken request is answered with a secret', async () => {
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const { url, init } = sampleRequest(operation, 'ours', things, callers[1]?.headers ?? {});
    const body = JSON.stringify({ [secrets.get('API token') ?? '']: 1 });
    const headers = { ...init.headers, 'content-type': 'application/json' };
    const { status } = await server.fetch(url, { ...init, method: 'POST', headers, body });
    expect(status).toBeGreaterThanOrEqual(400);
  }
});

test('no notification carries one: neither what arrives, nor what fails, nor what is kept of it', async () => {
  const { id: userId } = await db().user.findFirstOrThrow({ where: { email: 'ada@example.com' } });
  await write((tx) =>
    tx.notificationSetting.upsert({
      where: { teamId_userId: { teamId, userId } },
      create: { teamId, userId, events: ['drift.found', 'apply.failed'], lists: [] },
      update: { events: ['drift.found', 'apply.failed'], lists: [] },
    }),
  );
  const { id: targetId } = await db().target.findFirstOrThrow({ where: { teamId } });
  const host = await db().host.findUniqueOrThrow({ where: { id: things.host } });
  // A file that somebody put a secret into.
  const { recordDrift } = await import('../../changes/drift/record-drift');
  await write((tx) => tx.target.update({ where: { id: targetId }, data: { hostId: host.id } }));
  const { appliedVersion } = await import('../../changes/drift/applied-version');
  const targets = await db().target.findMany({
    where: { hostId: host.id },
    include: { appliedFiles: true },
  });
  const found = {
    targetId,
    path: '/etc/nginx/sites-available/gatehouse-canary.conf',
    role: 'site' as const,
    siteId: null,
    state: 'changed' as const,
    live: { kind: 'absent' as const },
    print: 'p',
    content: plant('text of a file on a host'),
  };
  const startedAt = new Date();
  expect(await recordDrift({ host, startedAt, found: [found], applied: appliedVersion(targets) })).toBe(true);
  receiver.answer((response, { path }) => response.writeHead(500).end(`Cannot POST ${path}`));
  await deliverAll();
  expect(receiver.received).toHaveLength(2);
  expect(mail.received).toHaveLength(1);
  const sent = receiver.received.map(({ headers, body }) => JSON.stringify([headers, body])).join('');
  expect(sent).toContain('Drift on canary');
  expect(secretsIn(sent)).toEqual([]);
  const { raw } = mail.received[0] ?? { raw: '' };
  expect(decoded(raw)).toContain('Drift on canary');
  expect(secretsIn(raw + decoded(raw))).toEqual([]);
  // Control: the address itself did reach the receiver, so the search had something to miss.
  expect(secretsIn(receiver.received[0]?.path ?? '')).toEqual(['webhook address', 'webhook query']);
  const kept = [await db().webhookDelivery.findMany(), await db().mail.findMany()];
  expect(JSON.stringify(kept)).toContain('Cannot POST');
  expect(secretsIn(JSON.stringify(kept))).toEqual([]);
});

test('neither do the metrics', async () => {
  const authorization = `Bearer ${secrets.get('metrics token')}`;
  const response = await getMetrics(new Request('http://x/api/metrics', { headers: { authorization } }));
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).toContain(
    'gatehouse_http_request_duration_seconds_count{operation="sites.list",status="200"}',
  );
  expect(text).toContain('gatehouse_webhook_messages{status="waiting"} 2');
  expect(secretsIn(text)).toEqual([]);
  // Names that people gave are no labels either.
  expect(text).not.toMatch(/"ours"|canary|ada@|example\.com/);
});

test('the record holds none', async () => {
  const rows = await db().activity.findMany();
  expect(rows.length).toBeGreaterThan(3);
  expect(secretsIn(JSON.stringify(rows))).toEqual([]);
});

test('the log holds none at its most talkative, with slow queries in it', () => {
  expect(logged).toContain('"msg":"request"');
  expect(logged).toContain('"msg":"slow query"');
  expect(secretsIn(logged)).toEqual([]);
  log().info({ note: secrets.get('API token') });
  expect(secretsIn(logged), 'control').toEqual(['API token']);
});

test('the database file opens none of those that are kept sealed', () => {
  const files = ['gatehouse.db', 'gatehouse.db-wal'].map((name) => readFileSync(join(server.dataDir, name)));
  const text = Buffer.concat(files).toString('latin1');
  const sealed = ['key passphrase', 'uploaded private key', 'API token', 'new API token', 'webhook address'];
  const more = [
    'webhook query',
    'webhook signing secret',
    'SMTP password',
    'metrics token',
    'key file',
    'derived key',
  ];
  expect(secretsIn(text).filter((place) => [...sealed, ...more].includes(place))).toEqual([]);
  expect(secretsIn(text), 'control: what the test itself wrote in the clear').toContain('password hash');
});
