import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#api/contract/index';
import type { Operation } from '#api/operation';
import { readInput } from '#server/door/read-input';
import { write } from '#server/platform/database/write';
import { AppError } from '#server/platform/errors/app-error';
import { addThings } from '#server/testing/add-things';
import { sampleBody, sampleRequest, type Things } from '#server/testing/sample-requests';
import {
  addMember,
  browserHeaders,
  cookieOf,
  origin,
  startTestServer,
  type TestServer,
} from '#server/testing/test-server';

const things: Things = {
  site: 's',
  host: 'h',
  target: 't',
  token: 'k',
  invitation: 'i',
  plan: 'p',
  apply: 'a',
  device: 'd',
  drift: 'd',
  comment: 'c',
  list: 'l',
  share: 's',
  link: 'l',
  template: 't',
  issuer: 'is',
  certificate: 'ce',
  webhook: 'w',
  delivery: 'm',
  group: 'g',
  freeze: 'f',
  lowering: 'lo',
  member: 'm',
};

/** What the door makes of a body: `null` when it is let in. */
async function refusal(
  operation: Operation,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<AppError | null> {
  const { url, init } = sampleRequest(operation, 'ours', things, {});
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { ...(init.headers as Record<string, string>), ...headers };
  try {
    await readInput(operation, new Request(origin + url, { ...init, headers: all, body: sent }));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}
const codeOf = async (...args: Parameters<typeof refusal>) => (await refusal(...args))?.code ?? 'let in';

type Path = (string | number)[];
/** Paths of all strings of a document, and of all its objects. */
function leaves(value: unknown, path: Path = []): { strings: Path[]; objects: Path[] } {
  if (typeof value === 'string') return { strings: [path], objects: [] };
  if (typeof value !== 'object' || value === null) return { strings: [], objects: [] };
  const below = Object.entries(value).map(([key, part]) =>
    leaves(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return {
    strings: below.flatMap(({ strings }) => strings),
    objects: [...(Array.isArray(value) ? [] : [path]), ...below.flatMap(({ objects }) => objects)],
  };
}
function changed(value: unknown, path: Path, edit: (old: unknown) => unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return edit(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[head] = changed(copy[head], rest, edit);
  return copy;
}

const withBody = operations.filter(({ body }) => body !== null);
const hostile = ['\n', '\r', '\0', '\u001b', '\u0085', '\u2028', '\ud800'];

/** Bodies of numbers only: there is nothing to inject into. */
const withoutText = ['policies.update', 'lists.createLink'];
describe.each(withBody.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  const body = sampleBody(operation, things);

  test('the sample itself is let in', async () => {
    expect(await refusal(operation, body)).toBeNull();
  });

  test('class "line injection" (CVE-2024-23828): no string takes a control character', async () => {
    const { strings } = leaves(body);
    expect(strings.length > 0 || withoutText.includes(operation.id)).toBe(true);
    for (const path of strings) {
      for (const evil of hostile) {
        if (operation.multiline?.includes(path.join('.')) && /[\r\n]/.test(evil)) continue;
        const found = await refusal(
          operation,
          changed(body, path, (old) => `${String(old)}${evil}x`),
        );
        expect(found?.code, path.join('.')).toBe('invalid');
        expect(found?.issues.map((issue) => issue.path.join('.'))).toContain(path.join('.'));
      }
    }
  });

  test('unknown fields are refused at every level', async () => {
    for (const path of leaves(body).objects) {
      const edited = changed(body, path, (old) => ({ ...(old as object), surprise: 1 }));
      expect(await codeOf(operation, edited), path.join('.')).toBe('invalid');
    }
  });

  test('what is no JSON document is refused before anything looks at it', async () => {
    for (const text of ['{', '', 'undefined', "{'a': 1}"])
      expect(await codeOf(operation, text)).toBe('bad-request');
    for (const text of ['null', '[]', '"text"', '{}']) expect(await codeOf(operation, text)).toBe('invalid');
    expect(await codeOf(operation, `${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBe('too-large');
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect(await codeOf(operation, body, { 'content-type': type })).toBe('bad-request');
    }
  });

  test('a body of more than a mebibyte, or what the operation allows, is refused', async () => {
    const filler = 'x'.repeat((operation.maxBodyMib ?? 1) * 1024 * 1024);
    expect(await codeOf(operation, { filler })).toBe('too-large');
  });
});

test('an operation without a body takes none', async () => {
  const bare = operations.find(({ id }) => id === 'hosts.check') as Operation;
  expect(await codeOf(bare, '{}')).toBe('bad-request');
});

let server: TestServer;
let real: Things;
let count = 0;
beforeAll(async () => {
  server = await startTestServer();
  const { team, user } = await addMember('ours', 'admin');
  real = await addThings(team.id, user.id, 'ours');
});
afterAll(() => server.stop());
async function signedIn() {
  count += 1;
  const { user } = await addMember('ours', 'admin', `person${count}@input.test`);
  await write((tx) => tx.user.update({ where: { id: user.id }, data: { administrator: true } }));
  return browserHeaders((await cookieOf(user.id)).cookie);
}

const withQuery = operations.filter(({ query }) => query !== null);
describe.each(withQuery.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  test('class "SQL injection via sort" (CVE-2024-22196): sort, filter and paging take listed values only', async () => {
    const { url, init } = sampleRequest(operation, 'ours', real, await signedIn());
    const get = async (query: string) => (await server.fetch(`${url}?${query}`, init)).status;
    expect(await get('surprise=1')).toBe(422);
    expect(await get('limit=0')).toBe(422);
    expect(await get('limit=-1')).toBe(422);
    expect(await get('limit=100000')).toBe(422);
    expect(await get('limit=1;DROP TABLE Site')).toBe(422);
    expect(await get('limit=1&limit=2')).toBe(400);
    expect(await get('cursor=%00')).toBe(422);
    expect(await get('cursor=bm90IGEgY3Vyc29y')).toBe(operation.query?.shape.cursor ? 400 : 422);
    if (operation.id === 'sites.list') {
      for (const sort of ['id', 'name;DROP TABLE Site', 'name DESC', '__proto__', 'teamId']) {
        expect(await get(`sort=${encodeURIComponent(sort)}`)).toBe(422);
      }
    }
  });
});

test.each(['', '..', '../x', '%2e%2e', 'x%0ay', 'x%00', 'a'.repeat(65), '%2Fetc%2Fpasswd'])(
  'class "path traversal" (CVE-2026-33027): the id %j is decoded once and simply not found',
  async (id) => {
    const { GET } = await import('../../../app/api/v1/teams/[team]/sites/[id]/route');
    const params = Promise.resolve({ team: 'ours', id: decodeURIComponent(id) });
    const response = await GET(new Request(`${origin}/x`, { headers: await signedIn() }), { params });
    expect(response.status).toBe(404);
  },
);
