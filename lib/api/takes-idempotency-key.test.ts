import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from './contract/index';
import { takesIdempotencyKey } from './takes-idempotency-key';

const creating = operations.filter(
  ({ method, status, gate }) => method === 'POST' && status !== 200 && status !== 204 && gate.kind === 'team',
);

test('every operation that creates something in a team can be named by its caller, unless its answer holds a secret', () => {
  expect(creating.length).toBeGreaterThan(4);
  for (const operation of creating)
    expect([operation.id, takesIdempotencyKey(operation)]).toEqual([operation.id, !operation.answersSecret]);
  for (const operation of operations) {
    if (!creating.includes(operation)) expect(takesIdempotencyKey(operation)).toBe(false);
  }
});

/** Names of all fields, at any depth. */
function fieldNames(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(fieldNames);
  if (schema === null || typeof schema !== 'object') return [];
  const { properties = {} } = schema as { properties?: Record<string, unknown> };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(fieldNames)];
}

test.each(creating.map((operation) => [operation.id, operation] as const))(
  '%s: an answer with a secret is never kept',
  (_, { response, answersSecret }) => {
    if (response === null || typeof response === 'string') return;
    const names = fieldNames(z.toJSONSchema(response, { unrepresentable: 'any', io: 'output' }));
    const secret = names.filter((name) =>
      /^(?:token|secret|password|passphrase|privateKey|link|url|codes|\w+Secret)$/.test(name),
    );
    expect(secret.length > 0 && !answersSecret ? secret : []).toEqual([]);
  },
);
