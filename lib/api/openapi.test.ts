import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { operations } from './contract/index';
import { openApiDocument } from './openapi';
import { Problem, problemStatus } from './problem';
import { takesIdempotencyKey } from './takes-idempotency-key';
import { takesTokens } from './takes-tokens';

const document = openApiDocument('1.2.3');
const json = JSON.stringify(document);
const described = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(
    methods as Record<string, { operationId: string; security: object[]; parameters?: object[] }>,
  ).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);

test('every operation is described once, at its path and method', () => {
  const names = (list: readonly { method: string; path: string }[]) =>
    list.map(({ method, path }) => `${method} ${path}`).sort();
  expect(names(described)).toEqual(names(operations));
  expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(operations.length);
});

test('every reference leads somewhere', () => {
  const schemas = Object.keys(document.components?.schemas ?? {});
  const references = [...json.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    (match) => match[1],
  );
  expect(references.length).toBeGreaterThan(20);
  for (const name of new Set(references)) expect(schemas).toContain(name);
});

test('who may call what is said: nobody’s sign-in, a session, or a session or token', () => {
  for (const operation of operations) {
    const { gate, id } = operation;
    const { security } = described.find(({ operationId }) => operationId === id.replace('.', '_')) ?? {
      security: null,
    };
    const session = { session: [] };
    if (gate.kind === 'public') expect(security).toEqual([]);
    else {
      const needs = gate.kind === 'team' ? [gate.permission] : [];
      expect(security).toEqual(takesTokens(operation) ? [session, { token: needs }] : [session]);
    }
  }
});

test('an edit asks for If-Match, a creating call takes Idempotency-Key, and no other does', () => {
  for (const operation of operations) {
    const { parameters = [] } =
      described.find(({ operationId }) => operationId === operation.id.replace('.', '_')) ?? {};
    const has = (name: string) => JSON.stringify(parameters).includes(`#/components/parameters/${name}`);
    expect([operation.id, has('IfMatch')]).toEqual([operation.id, operation.ifMatch === true]);
    expect([operation.id, has('IdempotencyKey')]).toEqual([operation.id, takesIdempotencyKey(operation)]);
  }
});

test('the document is valid OpenAPI 3.1 by the official schema', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(json))).toMatchObject({ valid: true });
  expect(validator.version).toBe('3.1');
  const broken = JSON.parse(json);
  delete broken.info.title;
  expect((await validator.validate(broken)).valid).toBe(false);
});

type Media = { example?: unknown };
const at = (id: string) => {
  const found = described.find(({ operationId }) => operationId === id.replace('.', '_'));
  return found as unknown as {
    description: string;
    requestBody?: { content: Record<string, Media> };
    responses: Record<string, { content?: Record<string, Media>; $ref?: string; headers?: object }>;
  };
};

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  test('every body has an example that the contract takes, every answer one that it gives', () => {
    if (operation.body) {
      const example = at(id).requestBody?.content['application/json']?.example;
      expect(example).toBeDefined();
      operation.body.parse(example);
    }
    const content = at(id).responses[String(operation.status)]?.content;
    if (operation.response === 'event-stream') {
      expect(content?.['text/event-stream']?.example).toMatch(/^data: \{/);
    } else if (operation.response === 'json-lines') {
      expect(content?.['application/jsonl']?.example).toMatch(/^\{.*\}\n$/);
    } else if (operation.response) {
      const example = content?.['application/json']?.example;
      expect(example).toBeDefined();
      operation.response.parse(example);
    }
  });

  test('its permission, limits and failures are said', () => {
    const { description, responses } = at(id);
    if (operation.gate.kind === 'team') expect(description).toContain(`\`${operation.gate.permission}\``);
    expect(Object.keys(responses[String(operation.status)]?.headers ?? {})).toEqual(
      expect.arrayContaining(['RateLimit', 'RateLimit-Policy', 'X-Request-Id']),
    );
    for (const status of ['400', '429', '500']) expect(responses[status]?.$ref).toBeDefined();
  });
});

test('every failure has an example that is a problem document of its status', () => {
  const responses = (document.components?.responses ?? {}) as Record<
    string,
    { content: Record<string, Media> }
  >;
  const examples = Object.values(responses).map(({ content }) =>
    Problem.parse(content['application/problem+json']?.example),
  );
  expect(examples.map(({ code, status }) => [code, status]).sort()).toEqual(
    Object.entries(problemStatus).sort(),
  );
});

test('whatever refers to something shared finds it', () => {
  const references = [...json.matchAll(/"\$ref":"#\/components\/(\w+)\/([^"]+)"/g)];
  const shared = document.components as unknown as Record<string, Record<string, unknown>>;
  for (const [, kind = '', name = ''] of references) expect(shared[kind]).toHaveProperty(name);
});
