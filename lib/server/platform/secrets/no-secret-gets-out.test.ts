import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract, operations } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { redactedPaths } from '#server/platform/log';
import { secretKey } from '#server/platform/secrets/secret-key';
import { addThings } from '#server/testing/add-things';
import { sampleRequest } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

let server: TestServer;
let logged = '';
beforeAll(async () => {
  server = await startTestServer({ LOG_LEVEL: 'trace' });
});
afterAll(() => server.stop());

test('class "secret echo" (CVE-2026-42220): no answer, record or log line holds what was given as a secret', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-canary-'));
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'canary passphrase', '-f', join(dir, 'key')]);
  const privateKey = readFileSync(join(dir, 'key'), 'utf8');
  rmSync(dir, { recursive: true });

  const { team, user, token } = await addMember('ours', 'admin');
  const { cookie } = await cookieOf(user.id);
  const things = await addThings(team.id, user.id, 'ours');
  // The log goes to standard output, past the test's own console.
  const { Writable } = await import('node:stream');
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logged += chunk;
      done();
    },
  });
  const key = Symbol.for('gatehouse.log');
  (globalThis as { [key: symbol]: unknown })[key] = pino(
    { level: 'trace', redact: { paths: redactedPaths } },
    sink,
  );

  let answers = '';
  const made = await server.fetch('/api/v1/teams/ours/hosts', {
    method: 'POST',
    headers: { ...browserHeaders(cookie), 'content-type': 'application/json' },
    body: JSON.stringify({
      transport: 'ssh',
      name: 'canary',
      address: '127.0.0.1',
      port: 1,
      key: { source: 'upload', privateKey, passphrase: 'canary passphrase' },
    }),
  });
  expect(made.status).toBe(201);
  const { id } = (await made.clone().json()) as { id: string };
  answers += await made.text();
  // Once by cookie, once by token, and with broken input too: errors are answers.
  for (const headers of [browserHeaders(cookie), { authorization: `Bearer ${token}` }]) {
    for (const operation of operations.filter(
      ({ gate, response }) => gate.kind !== 'public' && response !== 'event-stream',
    )) {
      if (operation === contract.session.signOut) continue;
      const { url, init } = sampleRequest(
        operation,
        'ours',
        { ...things, host: id },
        headers as Record<string, string>,
      );
      answers += await (await server.fetch(url, init)).text();
    }
  }
  const session = await db().session.findFirstOrThrow({
    where: { userId: user.id },
    orderBy: { createdAt: 'desc' },
  });
  const records = JSON.stringify(await db().activity.findMany());
  const middle = privateKey.split('\n')[2] ?? '';
  const secrets = {
    privateKey: middle,
    passphrase: 'canary passphrase',
    token,
    cookie: cookie.split('=')[1] ?? '',
    sessionToken: session.token,
    secretKey: readFileSync(join(server.dataDir, 'secret.key'), 'utf8').trim(),
    cookieKey: secretKey().derive('session cookies v1').toString('base64'),
  };
  expect(logged).toContain('request');
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(10);
    expect(answers.includes(secret), `${name} in an answer`).toBe(false);
    expect(logged.includes(secret), `${name} in the log`).toBe(false);
    expect(records.includes(secret), `${name} in the record`).toBe(false);
  }
  // Kept encrypted or as hashes: the database file by itself opens nothing.
  const file = readFileSync(join(server.dataDir, 'gatehouse.db')).toString('latin1');
  const log = readFileSync(join(server.dataDir, 'gatehouse.db-wal')).toString('latin1');
  for (const secret of [middle, 'canary passphrase', token, secrets.secretKey]) {
    expect(`${file}${log}`.includes(secret)).toBe(false);
  }
});

test('a secret that is logged by mistake under its name is redacted', () => {
  let text = '';
  const sink = {
    write: (line: string) => {
      text += line;
    },
  };
  const logger = pino({ redact: { paths: redactedPaths } }, sink);
  logger.info({ password: 'canary', user: { token: 'canary' }, a: { b: { privateKey: 'canary' } } });
  logger.info({ request: { headers: { authorization: 'canary', cookie: 'canary' } } });
  expect(text).not.toContain('canary');
});
