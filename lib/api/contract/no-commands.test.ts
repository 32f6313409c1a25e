import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from './index';

/** Names of all properties of a JSON Schema, however deep. */
function propertiesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertiesOf);
  if (schema === null || typeof schema !== 'object') return [];
  return Object.entries(schema).flatMap(([key, part]) => [
    ...(key === 'properties' ? Object.keys(part as object) : []),
    ...propertiesOf(part),
  ]);
}
const namesACommand = /command|cmd|shell|(?<!de)script|exec|binary|program|hook$|snippet|rawConfig/i;

test('class "privilege by configuration" (CVE-2024-22197): no operation takes a command, a script or raw configuration', () => {
  const taken = operations.flatMap(({ id, body, query }) =>
    [body, query].flatMap((schema) =>
      schema === null
        ? []
        : propertiesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).map(
            (name) => `${id}: ${name}`,
          ),
    ),
  );
  // The look into the schemas works: these are deep inside.
  expect(taken).toContain('sites.create: usersFile');
  expect(taken.filter((name) => namesACommand.test(name.split(': ')[1] ?? ''))).toEqual([]);
});
