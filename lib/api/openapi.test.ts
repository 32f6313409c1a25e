import { expect, test } from 'vitest';
import { operations } from './contract/index';
import { openApiDocument } from './openapi';

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
  for (const { gate, id } of operations) {
    const { security } = described.find(({ operationId }) => operationId === id.replace('.', '_')) ?? {
      security: null,
    };
    const session = { session: [] };
    if (gate.kind === 'public') expect(security).toEqual([]);
    else expect(security).toEqual(gate.sessionOnly ? [session] : [session, { token: [] }]);
  }
});

test('an edit asks for If-Match', () => {
  for (const { id, ifMatch } of operations) {
    const { parameters = [] } =
      described.find(({ operationId }) => operationId === id.replace('.', '_')) ?? {};
    expect(JSON.stringify(parameters).includes('If-Match')).toBe(ifMatch === true);
  }
});
