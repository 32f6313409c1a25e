import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '#api/contract/index';
import type { Operation } from '#api/operation';
import { Problem } from '#api/problem';
import { addThings } from '#server/testing/add-things';
import { sampleBody, sampleRequest, type Things } from '#server/testing/sample-requests';
import { addMember, browserHeaders, cookieOf, startTestServer, type TestServer } from '#server/testing/test-server';

let server: TestServer;
let things: Things;
let cookie: string;
let count = 0;

beforeAll(async () => {
  server = await startTestServer();
  const { team, user } = await addMember('ours', 'admin');
  things = await addThings(team.id, user.id, 'ours');
});
afterAll(() => server.stop());

/** Each call by another person from another address, so that no rate limit speaks first. */
async function send(operation: Operation, body: unknown, headers: Record<string, string> = {}) {
  count += 1;
  const { user } = await addMember('ours', 'admin', `person${count}@input.test`);
  cookie = (await cookieOf(user.id)).cookie;
  const from = { 'x-gatehouse-address': `input ${count}` };
  const { url, init } = sampleRequest(operation, 'ours', things, { ...browserHeaders(cookie), ...from });
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  return server.fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers }, body: sent });
}

type Path = (string | number)[];
/** Paths of all strings of a document, and of all its objects. */
function leaves(value: unknown, path: Path = []): { strings: Path[]; objects: Path[] } {
  if (typeof value === 'string') return { strings: [path], objects: [] };
  if (typeof value !== 'object' || value === null) return { strings: [], objects: [] };
  const below = Object.entries(value).map(([key, part]) => leaves(part, [...path, Array.isArray(value) ? Number(key) : key]));
  return {
    strings: below.flatMap(({ strings }) => strings),
    objects: [...(Array.isArray(value) ? [] : [path]), ...below.flatMap(({ objects }) => objects)],
  };
}
function changed(value: unknown, path: Path, edit: (old: unknown) => unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return edit(value);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[head] = changed(copy[head], rest, edit);
  return copy;
}

const withBody = operations.filter(({ body }) => body !== null);
const hostile = ['\n', '\r', '\0', '\u001b', '\u0085', '\u2028', '\ud800'];

describe.each(withBody.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  test('class "line injection" (CVE-2024-23828): no string takes a control character, at its start, middle or end', async () => {
    const body = sampleBody(operation, things);
    const { strings } = leaves(body);
    expect(strings.length).toBeGreaterThan(0);
    for (const [index, path] of strings.entries()) {
      if (operation.multiline?.includes(path.join('.'))) continue;
      const evil = hostile[index % hostile.length] ?? '\n';
      const edited = changed(body, path, (old) => `${String(old)}${evil}x`);
      const response = await send(operation, edited);
      expect(response.status, path.join('.')).toBe(422);
      const { issues } = Problem.parse(await response.json());
      expect(issues.map((issue) => issue.path.join('.'))).toContain(path.join('.'));
    }
  });

  test('unknown fields are refused at every level', async () => {
    const body = sampleBody(operation, things);
    for (const path of leaves(body).objects) {
      const edited = changed(body, path, (old) => ({ ...(old as object), surprise: 1 }));
      expect((await send(operation, edited)).status, path.join('.')).toBe(422);
    }
  });

  test('what is no JSON document is refused before anything looks at it', async () => {
    expect((await send(operation, '{')).status).toBe(400);
    expect((await send(operation, '')).status).toBe(400);
    expect((await send(operation, 'null')).status).toBe(422);
    expect((await send(operation, '[]')).status).toBe(422);
    expect((await send(operation, `${'['.repeat(100_000)}${']'.repeat(100_000)}`)).status).toBe(422);
    const text = JSON.stringify(sampleBody(operation, things));
    expect((await send(operation, text, { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await send(operation, text, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
  });

  test('a body of more than a mebibyte is refused, declared or not', async () => {
    const response = await send(operation, JSON.stringify({ filler: 'x'.repeat(1024 * 1024) }));
    expect(response.status).toBe(413);
  });
});

const withQuery = operations.filter(({ query }) => query !== null);
describe.each(withQuery.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  const get = async (query: string) => {
    const { url, init } = sampleRequest(operation, 'ours', things, browserHeaders(cookie));
    return (await server.fetch(`${url}?${query}`, init)).status;
  };

  test('class "SQL injection via sort" (CVE-2024-22196): sort, filter and paging take listed values only', async () => {
    await send(operations[0] as Operation, '');
    expect(await get('surprise=1')).toBe(422);
    expect(await get('limit=0')).toBe(422);
    expect(await get('limit=-1')).toBe(422);
    expect(await get('limit=100000')).toBe(422);
    expect(await get('limit=1;DROP TABLE Site')).toBe(422);
    expect(await get('limit=1&limit=2')).toBe(400);
    expect(await get('cursor=%00')).toBe(422);
    expect(await get('cursor=bm90IGEgY3Vyc29y')).toBe(400);
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
    const { user } = await addMember('ours', 'admin', `path${count++}@input.test`);
    const { GET } = await import('../../../app/api/v1/teams/[team]/sites/[id]/route');
    const params = Promise.resolve({ team: 'ours', id: decodeURIComponent(id) });
    const headers = browserHeaders((await cookieOf(user.id)).cookie);
    const response = await GET(new Request('http://gatehouse.test:3000/x', { headers }), { params });
    expect(response.status).toBe(404);
  },
);
