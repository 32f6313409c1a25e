import { expect, it } from 'vitest';
import { z } from 'zod';
import { operations } from './index';

type Schema = { readonly [key: string]: unknown };
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a value may be as long as the caller likes. */
function unbounded(schema: unknown, path: string): string[] {
  if (!isSchema(schema)) return [];
  const found: string[] = [];
  if (Object.keys(schema).length === 0) found.push(`${path}: anything`);
  const { type, properties, additionalProperties, items, anyOf, oneOf, allOf, prefixItems, $defs } = schema;
  const named = 'enum' in schema || 'const' in schema;
  if (type === 'string' && !named && schema.maxLength === undefined) found.push(`${path}: string`);
  if (type === 'array' && schema.maxItems === undefined) found.push(`${path}: array`);
  if (type === 'object' && isSchema(additionalProperties) && schema.maxProperties === undefined)
    found.push(`${path}: record`);
  const parts: [string, unknown][] = [
    ...Object.entries(isSchema(properties) ? properties : {}).map(([key, part]): [string, unknown] => [
      `${path}.${key}`,
      part,
    ]),
    ...Object.entries(isSchema($defs) ? $defs : {}).map(([key, part]): [string, unknown] => [
      `${path}#${key}`,
      part,
    ]),
    [`${path}[]`, items],
    [`${path}{}`, additionalProperties],
    ...[anyOf, oneOf, allOf, prefixItems].flatMap((list): [string, unknown][] =>
      Array.isArray(list) ? list.map((part) => [path, part]) : [],
    ),
  ];
  return [...found, ...parts.flatMap(([at, part]) => unbounded(part, at))];
}

it('finds what has no bound', () => {
  const open = z.object({ a: z.string(), b: z.array(z.string().max(1)), c: z.record(z.string(), z.int()) });
  expect(unbounded(z.toJSONSchema(open, { io: 'input' }), 'it')).toEqual([
    'it.a: string',
    'it.b: array',
    'it.c: record',
  ]);
});

it('bounds every string, list and record that a caller may send', () => {
  const found = operations.flatMap(({ id, params, query, body }) =>
    [params, query, body].flatMap((schema) =>
      schema ? unbounded(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), id) : [],
    ),
  );
  expect(found).toEqual([]);
});
