import { afterAll, beforeAll, expect, test } from 'vitest';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import {
  addMember,
  browserOf,
  clientOf,
  codeOf,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const params = { team: 'ours' };
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

test('class "timing" (GO-2022-0534): a token is compared as a hash only; it is shown once, works with its owner’s role, and stops when revoked', async () => {
  const { user } = await addMember('ours', 'viewer');
  const browser = await browserOf(server, user.id);
  const { token, ...made } = await browser.call(contract.tokens.create, { params, body: { name: 'script' } });
  expect(token.startsWith(made.prefix)).toBe(true);
  const listed = await browser.call(contract.tokens.list, { params });
  expect(JSON.stringify(listed)).not.toContain(token);
  expect(listed.items.map(({ id }) => id)).toContain(made.id);
  expect(JSON.stringify(await db().apiToken.findMany())).not.toContain(token);

  const script = clientOf(server, token);
  expect(await script.call(contract.session.get, {})).toMatchObject({
    teams: [{ slug: 'ours', role: 'viewer' }],
  });
  const body = { transport: 'local', name: 'x' } as const;
  expect(await codeOf(script.call(contract.hosts.create, { params, body }))).toBe('forbidden');
  expect((await db().apiToken.findUniqueOrThrow({ where: { id: made.id } })).lastUsedAt).not.toBeNull();

  await browser.call(contract.tokens.revoke, { params: { ...params, id: made.id } });
  expect(await codeOf(script.call(contract.session.get, {}))).toBe('unauthenticated');
  expect((await browser.call(contract.tokens.list, { params })).items.map(({ id }) => id)).not.toContain(
    made.id,
  );
});

test('class "stolen token": a token makes no further tokens and sees no sessions', async () => {
  const { token } = await addMember('ours', 'admin');
  const script = clientOf(server, token);
  expect(await codeOf(script.call(contract.tokens.create, { params, body: { name: 'more' } }))).toBe(
    'forbidden',
  );
  expect(await codeOf(script.call(contract.session.listDevices, {}))).toBe('forbidden');
  expect(await codeOf(script.call(contract.session.signOut, {}))).toBe('forbidden');
});

test('an admin lists and revokes members’ tokens; nobody else sees those of others', async () => {
  const owner = await addMember('ours', 'editor');
  const admin = await browserOf(server, (await addMember('ours', 'admin', 'second-admin@ours.test')).user.id);
  const other = await browserOf(server, (await addMember('ours', 'operator', 'other@ours.test')).user.id);
  const ids = async (whose?: 'team') =>
    (await admin.call(contract.tokens.list, { params, query: whose ? { whose } : {} })).items.map(
      ({ id }) => id,
    );
  expect(await ids()).not.toContain(owner.tokenId);
  expect(await ids('team')).toContain(owner.tokenId);
  expect(await codeOf(other.call(contract.tokens.list, { params, query: { whose: 'team' } }))).toBe(
    'forbidden',
  );
  const revoke = (by: typeof admin) =>
    codeOf(by.call(contract.tokens.revoke, { params: { ...params, id: owner.tokenId } }));
  expect(await revoke(other)).toBe('not-found');
  expect(await revoke(admin)).toBe('done');
  expect(await codeOf(clientOf(server, owner.token).call(contract.session.get, {}))).toBe('unauthenticated');
});

test('class "weaker credential": a token for which nothing was said only reads', async () => {
  const browser = await browserOf(server, (await addMember('ours', 'admin', 'usual@ours.test')).user.id);
  const { token, scopes } = await browser.call(contract.tokens.create, { params, body: { name: 'x' } });
  expect(scopes?.every((scope) => scope.endsWith('.read'))).toBe(true);
  const script = clientOf(server, token);
  await script.call(contract.sites.list, { params });
  expect(await codeOf(script.call(contract.lists.create, { params, body: { name: 'x' } }))).toBe('forbidden');
  const all = await browser.call(contract.tokens.create, { params, body: { name: 'y', scopes: null } });
  expect(all.scopes).toBeNull();
});

test('a token’s end must lie ahead', async () => {
  const browser = await browserOf(server, (await addMember('ours', 'viewer', 'late@ours.test')).user.id);
  const create = (expiresAt: string) =>
    codeOf(browser.call(contract.tokens.create, { params, body: { name: 'x', expiresAt } }));
  expect(await create('2020-01-01T00:00:00Z')).toBe('invalid');
  expect(await create('2999-01-01T00:00:00Z')).toBe('invalid');
});

const dayMs = 86_400_000;
const daysLeft = (expiresAt: string | null) =>
  expiresAt === null ? null : Math.round((Date.parse(expiresAt) - Date.now()) / dayMs);

test('a token ends after 90 days unless told otherwise, after a year at most, and never only when asked to', async () => {
  const browser = await browserOf(server, (await addMember('ours', 'viewer', 'ends@ours.test')).user.id);
  const create = (expiresAt?: string | null) =>
    browser.call(contract.tokens.create, {
      params,
      body: { name: 'x', ...(expiresAt === undefined ? {} : { expiresAt }) },
    });
  const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString();
  expect(daysLeft((await create()).expiresAt)).toBe(90);
  expect(daysLeft((await create(inDays(365))).expiresAt)).toBe(365);
  expect((await create(null)).expiresAt).toBeNull();
  expect(await codeOf(create(inDays(400)))).toBe('invalid');
});

test('a token does what its scopes say and nothing else, and its list of scopes is shown', async () => {
  const { user } = await addMember('ours', 'operator', 'scoped@ours.test');
  const browser = await browserOf(server, user.id);
  const { token, scopes } = await browser.call(contract.tokens.create, {
    params,
    body: { name: 'reader', scopes: ['sites.read'] },
  });
  expect(scopes).toEqual(['sites.read']);
  const script = clientOf(server, token);
  expect((await script.call(contract.sites.list, { params })).items).toEqual([]);
  expect(await codeOf(script.call(contract.hosts.list, { params }))).toBe('forbidden');
  expect(await codeOf(script.call(contract.plans.create, { params, body: { siteIds: ['x'] } }))).toBe(
    'forbidden',
  );
});

test('nobody gives away what they may not do, and a role taken away is taken from its tokens too', async () => {
  const { user, team } = await addMember('ours', 'editor', 'giver@ours.test');
  const browser = await browserOf(server, user.id);
  const create = (scopes: ('applies.run' | 'sites.write' | 'sites.read')[]) =>
    browser.call(contract.tokens.create, { params, body: { name: 'x', scopes } });
  expect(await codeOf(create(['sites.read', 'applies.run']))).toBe('invalid');
  const script = clientOf(server, (await create(['sites.write'])).token);
  const remove = () => codeOf(script.call(contract.sites.remove, { params: { ...params, id: 'none' } }));
  expect(await remove()).toBe('not-found');
  const where = { teamId_userId: { teamId: team.id, userId: user.id } };
  await write((tx) => tx.member.update({ where, data: { role: 'viewer' } }));
  expect(await remove()).toBe('forbidden');
});

test('scopes in the database that nobody understands allow nothing', async () => {
  const { token, tokenId } = await addMember('ours', 'admin', 'odd@ours.test', ['sites.read']);
  const script = clientOf(server, token);
  expect(await codeOf(script.call(contract.sites.list, { params }))).toBe('done');
  await write((tx) => tx.apiToken.update({ where: { id: tokenId }, data: { scopes: { all: true } } }));
  expect(await codeOf(script.call(contract.sites.list, { params }))).toBe('forbidden');
});

test('the record of a team shows who did what, page by page, and nothing of another team', async () => {
  const { token } = await addMember('record', 'viewer');
  const { user } = await addMember('record', 'admin');
  const browser = await browserOf(server, user.id);
  for (const name of ['one', 'two', 'three']) {
    await browser.call(contract.tokens.create, { params: { team: 'record' }, body: { name } });
  }
  const reader = clientOf(server, token);
  const page = (cursor?: string) =>
    reader.call(contract.activity.list, { params: { team: 'record' }, query: { limit: 2, cursor } });
  const first = await page();
  expect(first.total).toBe(3);
  const second = await page(first.next ?? undefined);
  expect(
    [...first.items, ...second.items].map(({ event, subject, actor }) => [event, subject, actor]),
  ).toEqual([
    ['token.created', 'token three', user.email],
    ['token.created', 'token two', user.email],
    ['token.created', 'token one', user.email],
  ]);
  expect(second.next).toBeNull();
});
