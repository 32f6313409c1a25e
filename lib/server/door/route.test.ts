import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type AnswerOf, type Operation, operation, reading } from '#api/operation';
import { Problem } from '#api/problem';
import { type Handler, route } from '#server/door/route';
import { db } from '#server/platform/database/db';
import { teamWrite } from '#server/platform/database/team-write';
import { write } from '#server/platform/database/write';
import { AppError } from '#server/platform/errors/app-error';
import { addMember, origin, startTestServer, type TestServer } from '#server/testing/test-server';

let server: TestServer;
let member: Awaited<ReturnType<typeof addMember>>;
beforeAll(async () => {
  server = await startTestServer();
  member = await addMember('ours', 'admin');
});
afterAll(() => server.stop());
beforeEach(() => write((tx) => tx.list.deleteMany()));

const change = operation({
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

function call<const O extends Operation>(
  description: O,
  handler: Handler<O>,
  headers: Record<string, string> = {},
) {
  const request = new Request(`${origin}/try`, {
    method: description.method,
    headers: { authorization: `Bearer ${member.token}`, ...headers },
  });
  return route(description, handler)(request, { params: Promise.resolve({ team: 'ours' }) });
}
const problem = async (response: Response) => Problem.parse(await response.json());

test('a change and its record are committed together', async () => {
  const response = await call(change, (context) =>
    context.change(async (tx) => {
      const row = await tx.list.create({ data: { teamId: context.team.id, name: 'one' } });
      return { value: row, audit: { subject: 'list one', subjectId: row.id } };
    }),
  );
  expect(response.status).toBe(201);
  const [activity] = await db().activity.findMany({ where: { event: 'list.tried', subject: 'list one' } });
  expect(activity).toMatchObject({ actorLabel: member.user.email, teamId: member.team.id });
  expect(activity?.requestId).toBe(response.headers.get('x-request-id'));
});

test('when the record cannot be written, neither is the change', async () => {
  const response = await call(change, (context) =>
    context.change(async (tx) => {
      const row = await tx.list.create({ data: { teamId: context.team.id, name: 'two' } });
      return { value: row, audit: { subject: undefined as unknown as string } };
    }),
  );
  expect(response.status).toBe(500);
  expect(await db().list.count()).toBe(0);
});

test('a failure after the change undoes it, and leaves no record', async () => {
  const before = await db().activity.count();
  const response = await call(change, (context) =>
    context.change(async (tx) => {
      await tx.list.create({ data: { teamId: context.team.id, name: 'three' } });
      throw new AppError('conflict', 'No.');
    }),
  );
  expect(response.status).toBe(409);
  expect([await db().list.count(), await db().activity.count()]).toEqual([0, before]);
});

test('an operation that changes things must leave a record, or its answer is a failure', async () => {
  expect((await call(change, () => Promise.resolve({ id: 'x' }))).status).toBe(500);
});

test('what the contract does not declare does not get out', async () => {
  const response = await call(change, (context) =>
    context.change(async () => ({
      value: { id: 'x', secret: 'canary' } as AnswerOf<typeof change>,
      audit: { subject: 'x' },
    })),
  );
  expect(await response.json()).toEqual({ id: 'x' });
});

test('an unexpected error tells its request id and nothing else', async () => {
  const response = await call(change, () => {
    throw new Error('canary: /etc/passwd, SELECT, password');
  });
  expect(response.status).toBe(500);
  const text = await response.text();
  expect(text).not.toContain('canary');
  const { code, requestId } = Problem.parse(JSON.parse(text));
  expect([code, requestId]).toEqual(['internal', response.headers.get('x-request-id')]);
});

test('a database that another program keeps locked is told as busy, with nothing changed', async () => {
  const locker = new Database(join(server.dataDir, 'gatehouse.db'));
  locker.exec('BEGIN IMMEDIATE');
  try {
    const response = await call(change, (context) =>
      context.change(async (tx) => {
        const row = await tx.list.create({ data: { teamId: context.team.id, name: 'locked' } });
        return { value: row, audit: { subject: 'list', subjectId: row.id } };
      }),
    );
    expect(await problem(response)).toMatchObject({ status: 503, code: 'busy' });
    expect(response.headers.get('retry-after')).toBe('2');
  } finally {
    locker.exec('ROLLBACK');
    locker.close();
  }
  expect(await db().list.count()).toBe(0);
}, 30_000);

test('a declared failure keeps its issues, hint and time to wait', async () => {
  const issues = [{ code: 'x', severity: 'error' as const, path: ['name'], message: 'no' }];
  const response = await call(change, () => {
    throw new AppError('too-many-requests', 'Slow down.', { hint: 'Wait.', issues, retryAfterSeconds: 7 });
  });
  expect(response.headers.get('retry-after')).toBe('7');
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await problem(response)).toMatchObject({ status: 429, hint: 'Wait.', issues });
});

test('the team’s client sees and changes its own team only', async () => {
  const other = await addMember('theirs', 'admin');
  const theirs = await teamWrite(other.team.id, (tx) =>
    tx.list.create({ data: { teamId: other.team.id, name: 'l' } }),
  );
  const seen: unknown[] = [];
  await call(change, (context) =>
    context.change(async (tx) => {
      seen.push(
        await context.db.list.findUnique({ where: { id: theirs.id } }),
        await context.db.list.count(),
        (await tx.list.updateMany({ where: { id: theirs.id }, data: { name: 'stolen' } })).count,
        (await tx.list.deleteMany({ where: { OR: [{ id: theirs.id }, { name: 'l' }] } })).count,
        await tx.list
          .update({ where: { id: theirs.id }, data: { name: 'stolen' } })
          .catch((error) => error.code),
        await tx.list
          .create({ data: { teamId: other.team.id, name: 'x' } })
          .catch((error: Error) => error.message),
        await context.db.session.findMany().catch((error: Error) => error.message),
      );
      return { value: { id: 'x' }, audit: { subject: 'x' } };
    }),
  );
  expect(seen).toEqual([
    null,
    0,
    0,
    0,
    'P2025',
    'List: the row belongs to another team',
    'Session belongs to no team: use the unscoped client',
  ]);
});

test('an edit must name its version, and the answer to a reader carries it', async () => {
  const edit = { ...change, ifMatch: true } as const;
  const handler: Handler<typeof edit> = (context) => {
    context.etag(4);
    return context.change(async () => ({ value: { id: context.ifMatch }, audit: { subject: 'x' } }));
  };
  expect((await call(edit, handler)).status).toBe(428);
  expect((await call(edit, handler, { 'if-match': '*' })).status).toBe(400);
  expect((await call(edit, handler, { 'if-match': 'W/"3"' })).status).toBe(400);
  const response = await call(edit, handler, { 'if-match': '"3"' });
  expect([response.headers.get('etag'), await response.json()]).toEqual(['"4"', { id: '3' }]);
});

const stream = operation({
  ...change,
  id: 'lists.follow',
  method: 'GET',
  audit: null,
  rateLimit: reading,
  response: 'event-stream',
  event: z.object({ n: z.number() }),
  status: 200,
});

test('a stream sends declared fields of each message, and stops its source when the reader goes', async () => {
  let stopped = false;
  const response = await call(stream, async function* () {
    try {
      for (let n = 0; ; n += 1) yield { n, secret: 'canary' };
    } finally {
      stopped = true;
    }
  } as unknown as Handler<typeof stream>);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  while (!text.includes('"n":2')) text += new TextDecoder().decode((await reader.read()).value);
  expect(text).toContain('data: {"n":0}\n\n');
  expect(text).not.toContain('canary');
  await reader.cancel();
  await expect.poll(() => stopped).toBe(true);
});

test('class "cross-origin reading" (NPM #4509): no answer invites another site’s scripts, and nothing is kept by caches', async () => {
  const response = await call(stream, async function* () {} as unknown as Handler<typeof stream>, {
    origin: 'https://evil.example',
  });
  for (const name of response.headers.keys()) expect(name).not.toMatch(/^access-control-/);
  expect(response.headers.get('cache-control')).toMatch(/no-store/);
});

test('calls are counted, and too many are told when to come back', async () => {
  const limited = { ...change, id: 'lists.limited', rateLimit: { points: 2, perSeconds: 33 } } as const;
  const handler = (() => {
    throw new AppError('conflict', 'Reached.');
  }) as unknown as Handler<typeof limited>;
  const answers = [await call(limited, handler), await call(limited, handler), await call(limited, handler)];
  expect(answers.map(({ status }) => status)).toEqual([409, 409, 429]);
  expect(answers[0]?.headers.get('ratelimit')).toMatch(/r=1;t=\d+/);
  expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
});
