import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Client, createClient } from '#api/client';
import { contract } from '#api/contract/index';
import { db } from '#server/platform/database/db';
import {
  addMember,
  browserHeaders,
  browserOf,
  codeOf,
  origin,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const params = { team: 'ours' };
const password = 'correct horse battery';
let server: TestServer;
let admin: Client;
let stranger: Client;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  admin = await browserOf(server, (await addMember('ours', 'admin')).user.id);
});
afterAll(() => server.stop());
afterEach(() => {
  vi.useRealTimers();
});

/** A browser that nobody is signed in with, at an address of its own. */
function nobody(onAnswer: (response: Response) => void = () => undefined): Client {
  count += 1;
  const address = `from ${count}`;
  return createClient({
    baseUrl: origin,
    fetch: async (url, init) => {
      const headers = { ...browserHeaders(), 'x-gatehouse-address': address, ...init.headers };
      const response = await server.fetch(url, { ...init, headers: headers as Record<string, string> });
      onAnswer(response);
      return response;
    },
  });
}
beforeAll(() => {
  stranger = nobody();
});

const invite = (email: string, role: 'viewer' | 'admin' = 'viewer') =>
  admin.call(contract.invitations.create, { params, body: { email, role } });
const join = (link: { id: string; secret: string }, client = nobody()) =>
  client.call(contract.invitations.join, {
    params: { id: link.id },
    body: { secret: link.secret, name: 'Grace', password },
  });
const look = (id: string) => stranger.call(contract.invitations.look, { params: { id } });

test('a new person joins with the invited address and role, is signed in, and the link is used up', async () => {
  const link = await invite('Grace@Example.com');
  expect(link).toMatchObject({ email: 'grace@example.com', role: 'viewer', invitedBy: 'admin@ours.test' });
  expect(await look(link.id)).toMatchObject({ team: 'ours', role: 'viewer', known: false });
  let cookie = '';
  const browser = nobody((response) => {
    cookie = response.headers.getSetCookie()[0] ?? cookie;
  });
  expect(await join(link, browser)).toMatchObject({
    user: { email: 'grace@example.com', administrator: false },
    teams: [{ slug: 'ours', role: 'viewer' }],
  });
  expect(cookie).toContain('gatehouse.session_token=');
  expect(await codeOf(join(link))).toBe('not-found');
  expect(await codeOf(look(link.id))).toBe('not-found');
  const { items } = await admin.call(contract.invitations.list, { params });
  expect(items.map(({ id }) => id)).not.toContain(link.id);
  expect(await db().activity.findFirst({ where: { event: 'member.joined' } })).toMatchObject({
    actorLabel: 'grace@example.com',
  });
});

test('the secret is kept as a hash, shown once, and the id alone takes nothing', async () => {
  const link = await invite('hash@example.com');
  expect(JSON.stringify(await db().invitation.findMany())).not.toContain(link.secret);
  expect(JSON.stringify(await admin.call(contract.invitations.list, { params }))).not.toContain(link.secret);
  expect(await codeOf(join({ id: link.id, secret: link.id }))).toBe('not-found');
  const other = await invite('hash2@example.com');
  expect(await codeOf(join({ id: link.id, secret: other.secret }))).toBe('not-found');
});

test('of many who hold the same link exactly one joins', async () => {
  const link = await invite('race@example.com');
  const codes = await Promise.all([1, 2, 3].map(() => codeOf(join(link))));
  expect(codes.filter((code) => code === 'done')).toHaveLength(1);
  expect(await db().user.count({ where: { email: 'race@example.com' } })).toBe(1);
});

test('a link ends when it is revoked, replaced, or seven days old', async () => {
  const revoked = await invite('revoked@example.com');
  await admin.call(contract.invitations.revoke, { params: { ...params, id: revoked.id } });
  expect(await codeOf(join(revoked))).toBe('not-found');

  const first = await invite('twice@example.com');
  const second = await invite('twice@example.com', 'admin');
  expect(await codeOf(look(first.id))).toBe('not-found');
  expect(await look(second.id)).toMatchObject({ role: 'admin' });

  const old = await invite('old@example.com');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * 86_400_000 });
  expect(await codeOf(look(old.id))).toBe('not-found');
  expect(await codeOf(join(old))).toBe('not-found');
});

test('somebody who can sign in already takes it signed in, once; a member is refused and uses nothing up', async () => {
  const known = await addMember('elsewhere', 'editor', 'known@example.com');
  const link = await invite('known@example.com', 'admin');
  expect(await look(link.id)).toMatchObject({ known: true });
  expect(await codeOf(join(link))).toBe('conflict');
  const theirs = await browserOf(server, known.user.id);
  const accept = () =>
    theirs.call(contract.invitations.accept, { params: { id: link.id }, body: { secret: link.secret } });
  expect((await accept()).teams.map(({ slug, role }) => [slug, role])).toEqual([
    ['elsewhere', 'editor'],
    ['ours', 'admin'],
  ]);
  expect(await codeOf(accept())).toBe('not-found');

  const next = await invite('somebody-else@example.com');
  const again = { params: { id: next.id }, body: { secret: next.secret } };
  expect(await codeOf(theirs.call(contract.invitations.accept, again))).toBe('conflict');
  expect(await look(next.id)).toMatchObject({ role: 'viewer' });
  expect(await codeOf(invite('known@example.com'))).toBe('invalid');
});
