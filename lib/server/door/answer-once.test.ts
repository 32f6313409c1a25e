import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Operation, operation } from '#api/operation';
import { Problem } from '#api/problem';
import { type Handler, route } from '#server/door/route';
import { db } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { AppError } from '#server/platform/errors/app-error';
import { sampleSite } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  origin,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

let server: TestServer;
let editor: Awaited<ReturnType<typeof addMember>>;
let other: Awaited<ReturnType<typeof addMember>>;
beforeAll(async () => {
  server = await startTestServer();
  editor = await addMember('ours', 'editor');
  other = await addMember('ours', 'editor', 'other@ours.test');
});
afterAll(() => server.stop());
beforeEach(() =>
  write(async (tx) => {
    await tx.idempotencyKey.deleteMany();
    await tx.site.deleteMany();
    await tx.list.deleteMany();
  }),
);

const siteBody = (name: string) => ({ document: sampleSite(name), targetIds: [], message: '' });
function createSite(key: string, body: unknown = siteBody('one'), token = editor.token) {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'idempotency-key': key,
  };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return server.fetch('/api/v1/teams/ours/sites', init);
}
const problem = async (response: Response) => Problem.parse(await response.json());

test('a repeated call gets the first answer, and changes and records nothing again', async () => {
  const first = await createSite('"k-1"');
  const activity = await db().activity.count();
  const again = await createSite('"k-1"');
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
  expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([
    null,
    'true',
  ]);
  expect(await again.json()).toEqual(await first.json());
  expect([await db().site.count(), await db().activity.count()]).toEqual([1, activity]);
});

test('the same request in other words is the same request: order of fields, quotes around the key', async () => {
  const { document, targetIds, message } = siteBody('one');
  await createSite('"k-2"', { document, targetIds, message });
  expect(
    (await createSite('k-2', { message, targetIds, document })).headers.get('idempotency-replayed'),
  ).toBe('true');
});

test('another request under the same key is refused, whatever happened to the first', async () => {
  await createSite('"k-3"');
  const refused = await createSite('"k-3"', siteBody('two'));
  expect([refused.status, (await problem(refused)).code]).toEqual([422, 'invalid']);
  expect(await db().site.count()).toBe(1);
});

test('a key is its person’s own: nobody gets another’s answer', async () => {
  await createSite('"k-4"');
  const answer = await createSite('"k-4"', siteBody('two'), other.token);
  expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
  expect(await db().site.count()).toBe(2);
});

test('a call that failed left nothing behind, and may be repeated under its key', async () => {
  await createSite('"k-5"');
  const failed = await createSite('"k-6"');
  expect(failed.status).toBeGreaterThanOrEqual(400);
  expect(await db().idempotencyKey.count()).toBe(1);
  await write((tx) => tx.site.deleteMany());
  expect((await createSite('"k-6"')).status).toBe(201);
});

test('after a day a key is new again', async () => {
  await createSite('"k-7"');
  await write(async (tx) => {
    await tx.idempotencyKey.updateMany({ data: { createdAt: new Date(Date.now() - 86_400_001) } });
    await tx.site.deleteMany();
  });
  expect((await createSite('"k-7"')).headers.get('idempotency-replayed')).toBeNull();
  expect([await db().site.count(), await db().idempotencyKey.count()]).toEqual([1, 1]);
});

test('a person who may no longer call gets no kept answer either', async () => {
  const { user, team, token } = await addMember('ours', 'editor', 'leaving@ours.test');
  expect((await createSite('"k-8"', siteBody('one'), token)).status).toBe(201);
  const where = { teamId_userId: { teamId: team.id, userId: user.id } };
  await write((tx) => tx.member.update({ where, data: { role: 'viewer' } }));
  expect((await createSite('"k-8"', siteBody('one'), token)).status).toBe(403);
});

test.each(['', '""', '"a b"', 'a,b', `"${'x'.repeat(256)}"`, '"a";p=1'])('%j is no key', async (key) => {
  expect((await createSite(key)).status).toBe(400);
  expect(await db().site.count()).toBe(0);
});

test('an answer that shows a secret is kept nowhere: such an operation refuses keys', async () => {
  const { cookie } = await cookieOf(editor.user.id);
  const headers = {
    ...browserHeaders(cookie),
    'content-type': 'application/json',
    'idempotency-key': '"k-9"',
  };
  const init = { method: 'POST', headers, body: JSON.stringify({ name: 'x' }) };
  const before = await db().apiToken.count();
  const answer = await server.fetch('/api/v1/teams/ours/tokens', init);
  expect([answer.status, (await problem(answer)).hint]).toEqual([400, expect.stringContaining('secret')]);
  expect([await db().apiToken.count(), await db().idempotencyKey.count()]).toEqual([before, 0]);
});

const create = operation({
  id: 'lists.try',
  method: 'POST',
  path: '/api/v1/teams/{team}/try',
  summary: 'Try',
  gate: { kind: 'team', permission: 'sites.write' },
  rateLimit: { points: 1000, perSeconds: 60 },
  audit: 'list.tried',
  proof: 'none',
  params: z.object({ team: z.string() }),
  query: null,
  body: null,
  response: z.object({ id: z.string() }),
  status: 201,
});
function call<const O extends Operation>(description: O, handler: Handler<O>, key: string) {
  const headers = { authorization: `Bearer ${editor.token}`, 'idempotency-key': key };
  const request = new Request(`${origin}/try`, { method: description.method, headers });
  return route(description, handler)(request, { params: Promise.resolve({ team: 'ours' }) });
}
const making: Handler<typeof create> = ({ team, change }) =>
  change(async (tx) => {
    const { id } = await tx.list.create({ data: { teamId: team.id, name: 'one' } });
    return { value: { id, secret: 'canary' }, audit: { subject: 'list one' } };
  });

test('while the first call is under way a second one waits outside; afterwards it gets the answer', async () => {
  let finish = () => {};
  const held = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let inside = () => {};
  const reached = new Promise<void>((resolve) => {
    inside = resolve;
  });
  const slow: Handler<typeof create> = async (context) => {
    inside();
    await held;
    return making(context);
  };
  const first = call(create, slow, '"k-10"');
  await reached;
  const second = await call(create, slow, '"k-10"');
  expect([second.status, second.headers.get('retry-after')]).toEqual([409, '1']);
  finish();
  const { id } = (await (await first).json()) as { id: string };
  expect(await (await call(create, slow, '"k-10"')).json()).toEqual({ id });
  expect(await db().list.count()).toBe(1);
});

test('twenty calls at once under one key make one thing', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => call(create, making, '"k-11"')));
  const ids = new Set<string>();
  for (const answer of answers) {
    expect([201, 409]).toContain(answer.status);
    if (answer.status === 201) ids.add(((await answer.json()) as { id: string }).id);
  }
  expect([ids.size, await db().list.count()]).toEqual([1, 1]);
});

test('the answer is kept in the transaction of the change: neither is there without the other', async () => {
  const breaking: Handler<typeof create> = (context) =>
    context.change(async (tx) => {
      await tx.list.create({ data: { teamId: context.team.id, name: 'one' } });
      // What another process kept under this key a moment ago.
      await tx.idempotencyKey.create({
        data: {
          teamId: context.team.id,
          userId: editor.user.id,
          operation: create.id,
          key: 'k-12',
          requestHash: 'x',
          status: 201,
        },
      });
      return { value: { id: 'x' }, audit: { subject: 'list one' } };
    });
  expect((await call(create, breaking, '"k-12"')).status).toBe(409);
  expect([await db().list.count(), await db().idempotencyKey.count()]).toEqual([0, 0]);
  const failing: Handler<typeof create> = async (context) => {
    await making(context);
    throw new AppError('unreachable', 'Later.');
  };
  // The change is kept, so its answer is.
  expect((await call(create, failing, '"k-12"')).status).toBe(502);
  expect((await call(create, failing, '"k-12"')).status).toBe(201);
  expect(await db().list.count()).toBe(1);
});

test('only declared fields are kept, and an operation must answer what its change made', async () => {
  await call(create, making, '"k-13"');
  expect(JSON.stringify(await db().idempotencyKey.findMany())).not.toContain('canary');
  await write((tx) => tx.list.deleteMany());
  const another: Handler<typeof create> = async (context) => ({ id: `${(await making(context)).id}-more` });
  expect((await call(create, another, '"k-14"')).status).toBe(500);
});
