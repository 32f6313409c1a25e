import { afterAll, beforeAll, expect, test } from 'vitest';
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
let root: Awaited<ReturnType<typeof addMember>>;
let browser: Client;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  nobody = strangerOf(server);
  root = await addMember('ours', 'admin', 'root@example.com');
  await write((tx) => tx.user.update({ where: { id: root.user.id }, data: { administrator: true } }));
  browser = await browserOf(server, root.user.id);
});
afterAll(() => server.stop());

async function person() {
  count += 1;
  const member = await addMember('ours', 'editor', `person${count}@example.com`);
  await givePassword(member.user.id, password);
  return member;
}
const signIn = (email: string, secret: string) =>
  codeOf(nobody.call(contract.session.signIn, { body: { email, password: secret } }));
const by = (id: string) => ({ params: { id } });

test('everybody is listed with their teams, page by page and by name; no secret is', async () => {
  const { user } = await person();
  await person();
  const first = await browser.call(contract.people.list, { query: { limit: 1 } });
  expect(first.total).toBeGreaterThanOrEqual(3);
  const second = await browser.call(contract.people.list, { query: { limit: 1, cursor: first.next ?? '' } });
  expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
  const found = await browser.call(contract.people.list, { query: { search: user.email } });
  expect(found.items).toMatchObject([
    { id: user.id, administrator: false, disabledAt: null, teams: [{ slug: 'ours', role: 'editor' }] },
  ]);
});

test('disabling ends sessions and refuses tokens at once; enabling lets the person in with what they had', async () => {
  const { user, token } = await person();
  const theirs = await browserOf(server, user.id);
  const script = clientOf(server, token);
  const both = async () => [
    await codeOf(theirs.call(contract.session.get, {})),
    await codeOf(script.call(contract.session.get, {})),
  ];
  expect(await both()).toEqual(['done', 'done']);
  expect(await browser.call(contract.people.disable, by(user.id))).toMatchObject({ id: user.id });
  expect(await both()).toEqual(['unauthenticated', 'unauthenticated']);
  expect(await signIn(user.email, password)).toBe('unauthenticated');
  await browser.call(contract.people.enable, by(user.id));
  expect(await both()).toEqual(['unauthenticated', 'done']);
  expect(await signIn(user.email, password)).toBe('done');
});

test('an administrator locks out neither themselves nor the last administrator', async () => {
  expect(await codeOf(browser.call(contract.people.disable, by(root.user.id)))).toBe('conflict');
  expect(await codeOf(browser.call(contract.people.unmakeAdministrator, by(root.user.id)))).toBe('conflict');
  const { user } = await person();
  await browser.call(contract.people.makeAdministrator, by(user.id));
  const theirs = await browserOf(server, user.id);
  expect(await codeOf(theirs.call(contract.people.list, {}))).toBe('done');
  await browser.call(contract.people.unmakeAdministrator, by(user.id));
  expect(await codeOf(theirs.call(contract.people.list, {}))).toBe('forbidden');
});

test('a link for a new password works once, ends every session, and is kept as a hash', async () => {
  const { user } = await person();
  const theirs = await browserOf(server, user.id);
  const first = await browser.call(contract.people.makeReset, by(user.id));
  const link = await browser.call(contract.people.makeReset, by(user.id));
  expect(JSON.stringify(await db().passwordReset.findMany())).not.toContain(link.secret);
  const use = ({ id, secret }: { id: string; secret: string }) =>
    codeOf(
      nobody.call(contract.people.resetPassword, {
        ...by(id),
        body: { secret, password: 'another long one' },
      }),
    );
  expect(await use(first)).toBe('not-found');
  expect(await use({ ...link, secret: first.secret })).toBe('not-found');
  expect(await codeOf(theirs.call(contract.session.get, {}))).toBe('done');
  expect((await Promise.all([use(link), use(link)])).sort()).toEqual(['done', 'not-found']);
  expect(await codeOf(theirs.call(contract.session.get, {}))).toBe('unauthenticated');
  expect(await signIn(user.email, password)).toBe('unauthenticated');
  expect(await signIn(user.email, 'another long one')).toBe('done');
  expect(await db().apiToken.count({ where: { userId: user.id, revokedAt: null } }), 'tokens end, too').toBe(
    0,
  );

  const expired = await browser.call(contract.people.makeReset, by(user.id));
  await write((tx) =>
    tx.passwordReset.updateMany({ where: { id: expired.id }, data: { expiresAt: new Date() } }),
  );
  expect(await use(expired)).toBe('not-found');
});

test('a disabled person gets no link, and one from before is worthless', async () => {
  const { user } = await person();
  const link = await browser.call(contract.people.makeReset, by(user.id));
  await browser.call(contract.people.disable, by(user.id));
  const body = { secret: link.secret, password: 'another long one' };
  expect(await codeOf(nobody.call(contract.people.resetPassword, { ...by(link.id), body }))).toBe(
    'not-found',
  );
  expect(await codeOf(browser.call(contract.people.makeReset, by(user.id)))).toBe('conflict');
});

test('changing the own password needs the old one and ends the other sessions, not this one', async () => {
  const { user } = await person();
  const [here, elsewhere] = [await browserOf(server, user.id), await browserOf(server, user.id)];
  const change = (current: string) =>
    codeOf(here.call(contract.session.changePassword, { body: { current, password: 'another long one' } }));
  expect(await change('wrong')).toBe('invalid');
  expect(await change(password)).toBe('done');
  expect(await codeOf(elsewhere.call(contract.session.get, {}))).toBe('unauthenticated');
  expect(await codeOf(here.call(contract.session.get, {}))).toBe('done');
  expect(await signIn(user.email, 'another long one')).toBe('done');
});

test('an administrator makes teams, whose names give free addresses; an admin renames, and the address stays', async () => {
  const make = (name: string) => browser.call(contract.team.create, { body: { name } });
  expect(await make('Build & Release')).toMatchObject({ slug: 'build-release' });
  expect(await make('build release')).toMatchObject({ slug: 'build-release-2' });
  expect(await make('API')).toMatchObject({ slug: 'api-team' });
  const { teams } = await browser.call(contract.session.get, {});
  expect(teams.map(({ slug, role }) => [slug, role])).toContainEqual(['build-release-2', 'admin']);
  const params = { team: 'build-release-2' };
  expect(await browser.call(contract.team.update, { params, body: { name: 'Renamed' } })).toMatchObject({
    slug: 'build-release-2',
    name: 'Renamed',
  });
});
