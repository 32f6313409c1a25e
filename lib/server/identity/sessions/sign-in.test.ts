import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import {
  addMember,
  browserHeaders,
  givePassword,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const password = 'correct horse battery';
let server: TestServer;
let count = 0;

beforeAll(async () => {
  server = await startTestServer({ GATEHOUSE_PUBLIC_URL: 'https://gatehouse.example.com' });
});
afterAll(() => server.stop());
afterEach(() => {
  vi.useRealTimers();
});

async function person() {
  count += 1;
  const member = await addMember('ours', 'editor', `person${count}@example.com`);
  await givePassword(member.user.id, password);
  return member;
}

const signIn = (email: string, secret: string, address = `198.51.100.${count++ % 250} ${count}`) =>
  server.fetch('/api/v1/session', {
    method: 'POST',
    headers: {
      ...browserHeaders(),
      origin: 'https://gatehouse.example.com',
      'content-type': 'application/json',
      'x-gatehouse-address': address,
    },
    body: JSON.stringify({ email, password: secret }),
  });
const detail = async (response: Response) => ((await response.json()) as { detail: string }).detail;

test('the right password starts a session that is recorded, and the cookie is kept from scripts and other sites', async () => {
  const { user } = await person();
  const response = await signIn(user.email.toUpperCase(), password);
  expect(response.status).toBe(200);
  const [cookie = ''] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^__Secure-gatehouse\.session_token=/);
  for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
    expect(cookie).toContain(attribute);
  expect(await db().session.count({ where: { userId: user.id } })).toBe(1);
  expect(await db().activity.findMany({ where: { actorId: user.id } })).toMatchObject([
    { event: 'session.signed-in' },
  ]);
});

test('unknown person, wrong password and disabled person cannot be told apart', async () => {
  const { user } = await person();
  const disabled = await person();
  await write((tx) => tx.user.update({ where: { id: disabled.user.id }, data: { disabledAt: new Date() } }));
  const answers = [
    await signIn('nobody@example.com', password),
    await signIn(user.email, 'wrong'),
    await signIn(disabled.user.email, password),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  expect(new Set(await Promise.all(answers.map(detail))).size).toBe(1);
  expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
});

test('class "password guessing": one address gets ten tries a minute, for whichever account', async () => {
  const statuses: number[] = [];
  for (let n = 0; n < 11; n += 1)
    statuses.push((await signIn(`guess${n}@example.com`, 'wrong', '203.0.113.9')).status);
  expect(statuses).toEqual([...Array(10).fill(401), 429]);
});

test('guessing one person from many addresses is slowed down, and the wait doubles', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { user } = await person();
  for (let n = 0; n < 5; n += 1) expect((await signIn(user.email, 'wrong')).status).toBe(401);
  const refused = await signIn(user.email, password);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBe(1);
  vi.advanceTimersByTime(1000);
  expect((await signIn(user.email, 'wrong')).status).toBe(401);
  expect(Number((await signIn(user.email, password)).headers.get('retry-after'))).toBe(2);
  vi.advanceTimersByTime(2000);
  expect((await signIn(user.email, password)).status).toBe(200);
  expect((await signIn(user.email, 'wrong')).status).toBe(401);
});

test('a stranger’s failures do not lock the owner out of where they have signed in before', async () => {
  const { user } = await person();
  expect((await signIn(user.email, password, 'home')).status).toBe(200);
  for (let n = 0; n < 6; n += 1) await signIn(user.email, 'wrong');
  expect((await signIn(user.email, password)).status).toBe(429);
  expect((await signIn(user.email, password, 'home')).status).toBe(200);
});

test('tries that come all at once are counted one by one', async () => {
  const { user } = await person();
  const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(user.email, 'wrong')));
  expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
});

test('signing out ends the session in the database and takes the cookie back', async () => {
  const { user } = await person();
  const cookie = (await signIn(user.email, password)).headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const headers = { ...browserHeaders(cookie), origin: 'https://gatehouse.example.com' };
  const response = await server.fetch('/api/v1/session', { method: 'DELETE', headers });
  expect(response.status).toBe(204);
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Secure-gatehouse\.session_token=;.*Max-Age=0/);
  expect(await db().session.count({ where: { userId: user.id } })).toBe(0);
  expect((await server.fetch('/api/v1/session', { headers })).status).toBe(401);
});

test('devices are listed, and revoking one ends it at once; somebody else’s is not found', async () => {
  const { user } = await person();
  const other = await person();
  const cookies = [await signIn(user.email, password), await signIn(user.email, password)].map(
    (response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '',
  );
  await signIn(other.user.email, password);
  const theirs = await db().session.findFirstOrThrow({ where: { userId: other.user.id } });
  const headersOf = (cookie: string | undefined) => ({
    ...browserHeaders(cookie),
    origin: 'https://gatehouse.example.com',
  });
  const list = await server.fetch('/api/v1/session/devices', { headers: headersOf(cookies[0]) });
  const { items } = (await list.json()) as { items: { id: string; current: boolean }[] };
  expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
  const remove = (id: string) =>
    server.fetch(`/api/v1/session/devices/${id}`, { method: 'DELETE', headers: headersOf(cookies[0]) });
  expect((await remove(theirs.id)).status).toBe(404);
  expect((await remove(items.find(({ current }) => !current)?.id ?? '')).status).toBe(204);
  expect((await server.fetch('/api/v1/session', { headers: headersOf(cookies[1]) })).status).toBe(401);
  expect((await server.fetch('/api/v1/session', { headers: headersOf(cookies[0]) })).status).toBe(200);
});
