import { TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Client } from '#api/client';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import {
  addMember,
  browserOf,
  clientOf,
  codeOf,
  givePassword,
  startTestServer,
  strangerOf,
  type TestServer,
} from '#server/testing/test-server';

const password = 'correct horse battery';
let server: TestServer;
let nobody: Client;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  nobody = strangerOf(server);
});
afterAll(() => server.stop());
afterEach(() => {
  vi.useRealTimers();
});

async function person(team = 'ours', role: 'editor' | 'admin' = 'editor') {
  count += 1;
  const member = await addMember(team, role, `person${count}@example.com`);
  await givePassword(member.user.id, password);
  return { ...member, browser: await browserOf(server, member.user.id) };
}
/** What the person's app shows now. */
const codeFrom = (secret: string) =>
  new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate();
const nextCode = () => vi.advanceTimersByTime(30_000);

async function withFactor(team?: string, role?: 'admin') {
  vi.useFakeTimers({ toFake: ['Date'] });
  const who = await person(team, role);
  const { secret } = await who.browser.call(contract.factors.begin, { body: { password } });
  const { recoveryCodes } = await who.browser.call(contract.factors.confirm, {
    body: { code: codeFrom(secret) },
  });
  nextCode();
  return { ...who, secret, recoveryCodes };
}
const signIn = (email: string) => nobody.call(contract.session.signIn, { body: { email, password } });
async function ticketFor(email: string): Promise<string> {
  const answer = await signIn(email);
  if (!('secondFactor' in answer)) throw new Error('no second factor was asked');
  return answer.secondFactor.ticket;
}
const enter = (ticket: string, code: string) =>
  nobody.call(contract.session.enterCode, { body: { ticket, code } });

test('with a second factor the password alone starts no session; the code of the app does', async () => {
  const { user, secret } = await withFactor();
  const sessions = () => db().session.count({ where: { userId: user.id } });
  const before = await sessions();
  const ticket = await ticketFor(user.email);
  expect(await sessions()).toBe(before);
  expect(await enter(ticket, codeFrom(secret))).toMatchObject({ user: { id: user.id, secondFactor: true } });
  expect(await sessions()).toBe(before + 1);
  const events = await db().activity.findMany({
    where: { actorId: user.id },
    orderBy: { at: 'desc' },
    take: 2,
  });
  expect(events.map(({ event }) => event).sort()).toEqual([
    'session.second-factor-asked',
    'session.signed-in',
  ]);
});

test('a code counts once, and so does a ticket', async () => {
  const { user, secret } = await withFactor();
  const [first, second] = [await ticketFor(user.email), await ticketFor(user.email)];
  const code = codeFrom(secret);
  expect(await codeOf(enter(first, code))).toBe('done');
  expect(await codeOf(enter(second, code))).toBe('invalid');
  nextCode();
  expect(await codeOf(enter(first, codeFrom(secret)))).toBe('unauthenticated');
  expect(await codeOf(enter(second, codeFrom(secret)))).toBe('done');
});

test('each recovery code signs in once, with or without its hyphens; none is stored as it is', async () => {
  const { user, recoveryCodes } = await withFactor();
  expect(recoveryCodes).toHaveLength(10);
  const [one = '', two = ''] = recoveryCodes;
  expect(one).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  expect(JSON.stringify(await db().recoveryCode.findMany())).not.toContain(one.replaceAll('-', ''));
  expect(await codeOf(enter(await ticketFor(user.email), one))).toBe('done');
  expect(await codeOf(enter(await ticketFor(user.email), one))).toBe('invalid');
  const typed = two.toUpperCase().replaceAll('-', ' ');
  expect(await codeOf(enter(await ticketFor(user.email), typed))).toBe('done');
});

test('class "password guessing": codes are slowed down after five wrong ones, whatever address and ticket they come with', async () => {
  const { user, secret } = await withFactor();
  for (let n = 0; n < 5; n += 1)
    expect(await codeOf(enter(await ticketFor(user.email), '000000'))).toBe('invalid');
  expect(await codeOf(enter(await ticketFor(user.email), codeFrom(secret)))).toBe('too-many-requests');
  vi.advanceTimersByTime(1000);
  expect(await codeOf(enter(await ticketFor(user.email), codeFrom(secret)))).toBe('done');
});

test('the secret is encrypted, shown once, and bound to its person', async () => {
  const { user, secret } = await withFactor();
  const other = await withFactor();
  const row = await db().secondFactor.findUniqueOrThrow({ where: { userId: user.id } });
  expect(Buffer.from(row.ciphertext).toString('latin1')).not.toContain(secret);
  expect(await codeOf(other.browser.call(contract.factors.begin, { body: { password } }))).toBe('conflict');
  // A row copied over somebody else's does not open.
  await write((tx) =>
    tx.secondFactor.update({ where: { userId: other.user.id }, data: { ciphertext: row.ciphertext } }),
  );
  expect(await codeOf(enter(await ticketFor(other.user.email), codeFrom(secret)))).toBe('internal');
});

test('an open browser is not enough: setting up, turning off and new codes ask for the password, and for a code', async () => {
  const { browser, secret, recoveryCodes, user } = await withFactor();
  const plain = await person();
  expect(await codeOf(plain.browser.call(contract.factors.begin, { body: { password: null } }))).toBe(
    'invalid',
  );
  expect(await codeOf(plain.browser.call(contract.factors.begin, { body: { password: 'wrong' } }))).toBe(
    'invalid',
  );
  const remove = (body: { password?: string; code: string }) =>
    codeOf(browser.call(contract.factors.remove, { body }));
  expect(await remove({ code: codeFrom(secret) })).toBe('invalid');
  expect(await remove({ password, code: '000000' })).toBe('invalid');
  const renewed = await browser.call(contract.factors.renewCodes, {
    body: { password, code: codeFrom(secret) },
  });
  expect(await codeOf(enter(await ticketFor(user.email), recoveryCodes[0] ?? ''))).toBe('invalid');
  expect(await remove({ password, code: renewed.recoveryCodes[0] ?? '' })).toBe('done');
  expect(await signIn(user.email)).toMatchObject({ user: { secondFactor: false } });
});

test('what was begun and not confirmed is not asked for', async () => {
  const { user, browser } = await person();
  await browser.call(contract.factors.begin, { body: { password } });
  expect(await codeOf(browser.call(contract.factors.confirm, { body: { code: '000000' } }))).toBe('invalid');
  expect(await signIn(user.email)).toMatchObject({ user: { id: user.id, secondFactor: false } });
});

test('a team that asks for a second factor is shut to members without one, with sessions and tokens, until they have one', async () => {
  const admin = await withFactor('strict', 'admin');
  const { browser, token } = await person('strict');
  const params = { team: 'strict' };
  const look = async () => [
    await codeOf(browser.call(contract.team.get, { params })),
    await codeOf(clientOf(server, token).call(contract.sites.list, { params })),
  ];
  expect(await look()).toEqual(['done', 'done']);
  const body = { secondFactorNeeded: true };
  await admin.browser.call(contract.team.update, { params, body });
  expect(await admin.browser.call(contract.team.get, { params })).toMatchObject({ withoutSecondFactor: 1 });
  expect(await look()).toEqual(['forbidden', 'forbidden']);
  expect((await browser.call(contract.session.get, {})).teams).toMatchObject([{ secondFactorNeeded: true }]);
  const { secret } = await browser.call(contract.factors.begin, { body: { password } });
  await browser.call(contract.factors.confirm, { body: { code: codeFrom(secret) } });
  expect(await look()).toEqual(['done', 'done']);
});

test('an admin without a second factor does not lock themselves out by asking for one', async () => {
  const { browser } = await person('careful', 'admin');
  const body = { secondFactorNeeded: true };
  expect(await codeOf(browser.call(contract.team.update, { params: { team: 'careful' }, body }))).toBe(
    'invalid',
  );
});

test('an administrator helps who lost phone and codes; their sessions end', async () => {
  const { user, browser } = await withFactor();
  const root = await person();
  await write((tx) => tx.user.update({ where: { id: root.user.id }, data: { administrator: true } }));
  await root.browser.call(contract.factors.clear, { params: { id: user.id } });
  expect(await codeOf(browser.call(contract.session.get, {}))).toBe('unauthenticated');
  expect(await signIn(user.email)).toMatchObject({ user: { id: user.id, secondFactor: false } });
});
