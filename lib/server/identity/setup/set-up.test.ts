import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSetupToken } from '#server/identity/setup/setup-token';
import { db } from '#server/platform/database/db';
import { browserHeaders, startTestServer, type TestServer } from '#server/testing/test-server';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const claim = (token: string, over: object = {}) =>
  server.fetch('/api/v1/setup', {
    method: 'POST',
    headers: { ...browserHeaders(), 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      name: 'Ada',
      email: 'Ada@Example.com',
      password: 'correct horse battery',
      team: 'Build & Release',
      ...over,
    }),
  });

test('class "bootstrap" (CVE-2026-42221): a fresh install cannot be claimed without the printed token', async () => {
  await makeSetupToken();
  expect((await claim('guess')).status).toBe(403);
  expect(await db().user.count()).toBe(0);
});

test('a restart makes the link of the start before worthless', async () => {
  const old = await makeSetupToken();
  await makeSetupToken();
  expect((await claim(String(old))).status).toBe(403);
});

test('the token is kept as a hash only', async () => {
  const token = await makeSetupToken();
  expect(JSON.stringify(await db().setupToken.findMany())).not.toContain(token);
});

test('of many claims at once with the right token exactly one wins, and it is signed in', async () => {
  const token = String(await makeSetupToken());
  const answers = await Promise.all([1, 2, 3].map((n) => claim(token, { email: `person${n}@example.com` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403]);
  expect(await db().user.count()).toBe(1);
  expect(await db().team.findMany()).toMatchObject([{ slug: 'build-release', name: 'Build & Release' }]);
  const won = answers.find(({ status }) => status === 201);
  const cookie = won?.headers.getSetCookie()[0]?.split(';')[0];
  const session = await server.fetch('/api/v1/session', { headers: browserHeaders(cookie) });
  expect(session.status).toBe(200);
  expect(await session.json()).toMatchObject({ teams: [{ slug: 'build-release', role: 'admin' }] });
  expect(await db().activity.findMany()).toMatchObject([{ event: 'team.created' }]);
});

test('once somebody can sign in, no token is made and none is accepted', async () => {
  expect(await makeSetupToken()).toBeNull();
  expect((await claim('anything')).status).toBe(403);
  const status = await server.fetch('/api/v1/setup', { headers: browserHeaders() });
  expect(await status.json()).toEqual({ open: false });
});
