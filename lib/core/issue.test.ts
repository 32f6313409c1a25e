import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { formatPath } from './format-path';
import { issuesFromZod } from './issue';

const issuesOf = (schema: z.ZodType, input: unknown) => {
  const parsed = schema.safeParse(input);
  return parsed.success
    ? []
    : issuesFromZod(parsed.error).map(({ path, message }) => `${formatPath(path)}: ${message}`);
};

describe('issues from a schema', () => {
  const Server = z.union([
    z.strictObject({ address: z.string(), port: z.int().max(65535, 'must be 1 to 65535') }),
    z.strictObject({ socket: z.string() }),
  ]);

  test('a field inside of a choice is named, not the choice', () => {
    expect(
      issuesOf(z.object({ servers: z.array(Server) }), { servers: [{ address: 'a', port: 70000 }] }),
    ).toEqual(['servers[0].port: must be 1 to 65535']);
    expect(issuesOf(Server, { socket: 5 })).toEqual([
      'socket: Invalid input: expected string, received number',
    ]);
  });

  test('an unknown field is named itself', () => {
    expect(issuesOf(z.strictObject({ a: z.string() }), { a: 'x', b: 1, c: 2 })).toEqual([
      'b: is not a known field',
      'c: is not a known field',
    ]);
  });

  test('a missing field says so', () => {
    expect(issuesOf(z.strictObject({ a: z.string() }), {})).toEqual(['a: is required']);
  });

  test('a choice with words of its own is told as a whole', () => {
    expect(issuesOf(z.union([z.ipv4(), z.ipv6()], 'must be an address'), 'x')).toEqual([
      ': must be an address',
    ]);
  });
});
