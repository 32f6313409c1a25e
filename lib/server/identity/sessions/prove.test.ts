import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '#api/client';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { softAuthenticator } from '#server/testing/soft-authenticator';
import {
  addMember,
  browserHeaders,
  codeOf,
  cookieOf,
  givePassword,
  origin,
  problemOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const password = 'correct horse battery';
const params = { team: 'ours' };
let server: TestServer;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** An admin at a browser where the last proof was given an hour ago. */
async function admin(withPassword = true) {
  count += 1;
  const { user } = await addMember('ours', 'admin', `admin${count}@ours.test`);
  if (withPassword) await givePassword(user.id, password);
  const { cookie, sessionId } = await cookieOf(user.id);
  const stale = (provenAt: Date | null = new Date(Date.now() - 3_600_000)) =>
    write((tx) => tx.session.update({ where: { id: sessionId }, data: { provenAt } }));
  const fetch = (url: string, init: RequestInit) =>
    server.fetch(url, { ...init, headers: { ...browserHeaders(cookie), ...(init.headers as object) } });
  return { user, sessionId, stale, browser: createClient({ baseUrl: origin, fetch }) };
}
type Admin = Awaited<ReturnType<typeof admin>>;
const raise = ({ browser }: Admin) =>
  browser.call(contract.policies.update, { params, body: { approvalsNeeded: 1 } });
const give = (
  { browser }: Admin,
  body: Parameters<typeof browser.call<typeof contract.proof.give>>[1]['body'],
) => browser.call(contract.proof.give, { body });

test('class "weaker credential": what guards hosts waits for a proof, and a password is one', async () => {
  const who = await admin();
  await who.stale();
  expect(await problemOf(raise(who))).toMatchObject({ status: 403, code: 'proof-required' });
  expect(await who.browser.call(contract.proof.get, {})).toEqual({
    until: null,
    password: true,
    code: false,
    passkey: false,
  });
  expect((await problemOf(give(who, { password: 'not this one' }))).issues).toMatchObject([
    { code: 'password.wrong' },
  ]);
  expect(await codeOf(raise(who))).toBe('proof-required');
  const { until } = await give(who, { password });
  expect(Date.parse(until)).toBeGreaterThan(Date.now() + 9 * 60_000);
  expect((await raise(who)).approvalsNeeded).toBe(1);
  const record = await db().activity.findFirstOrThrow({ where: { event: 'session.proven' } });
  expect(record).toMatchObject({ subjectId: who.sessionId, detail: { by: 'password' } });
});

test('a proof counts for the session that gave it, and for ten minutes', async () => {
  const who = await admin();
  const { cookie, sessionId } = await cookieOf(who.user.id);
  await write((tx) => tx.session.update({ where: { id: sessionId }, data: { provenAt: null } }));
  await who.stale();
  await give(who, { password });
  const other = await server.fetch('/api/v1/teams/ours/policies', {
    method: 'PATCH',
    headers: { ...browserHeaders(cookie), 'content-type': 'application/json' },
    body: JSON.stringify({ approvalsNeeded: 1 }),
  });
  expect(other.status).toBe(403);
  await who.stale(new Date(Date.now() - 10 * 60_000 + 5_000));
  await raise(who);
  await who.stale(new Date(Date.now() - 10 * 60_000));
  expect(await codeOf(raise(who))).toBe('proof-required');
});

test('a code is a proof once; a person without a password has none to give', async () => {
  const who = await admin(false);
  const { secret } = await who.browser.call(contract.factors.begin, { body: { password: null } });
  const codeNow = (stepsAhead: number) =>
    new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate({
      timestamp: Date.now() + stepsAhead * 30_000,
    });
  await who.browser.call(contract.factors.confirm, { body: { code: codeNow(0) } });
  await who.stale();
  expect((await problemOf(give(who, { password }))).issues).toMatchObject([{ code: 'password.none' }]);
  expect((await problemOf(give(who, { code: codeNow(0) }))).issues, 'used before').toMatchObject([
    { code: 'code.wrong' },
  ]);
  await give(who, { code: codeNow(1) });
  await raise(who);
});

test('a passkey is a proof of its owner alone', async () => {
  const who = await admin(false);
  const device = softAuthenticator();
  const made = await who.browser.call(contract.passkeys.prepare, {});
  await who.browser.call(contract.passkeys.create, {
    body: {
      ticket: made.ticket,
      name: 'laptop',
      credential: device.create({ challenge: made.options.challenge, origin }),
    },
  });
  const other = await admin(false);
  const prove = async (by: Admin) => {
    const { ticket, options } = await by.browser.call(contract.passkeys.challenge, {});
    const credential = device.get({ challenge: options.challenge, origin });
    return give(by, { passkey: { ticket, credential } });
  };
  await other.stale();
  expect(await codeOf(prove(other))).toBe('forbidden');
  expect(await codeOf(raise(other))).toBe('proof-required');
  await who.stale();
  await prove(who);
  await raise(who);
});

test('the rest of the product asks for nothing more', async () => {
  const who = await admin();
  await who.stale(null);
  const list = await who.browser.call(contract.lists.create, { params, body: { name: 'mine' } });
  expect(list.name).toBe('mine');
});
