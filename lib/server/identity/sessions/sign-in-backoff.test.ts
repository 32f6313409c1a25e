import { expect, test } from 'vitest';
import { assertMayTry, countFailure } from './sign-in-backoff';

test('class "password guessing": a flood of made-up addresses does not free one that is blocked', () => {
  for (let tries = 0; tries < 12; tries += 1) countFailure('victim *');
  expect(() => assertMayTry('victim *')).toThrow('Too many failed sign-ins');
  for (let made = 0; made < 25_000; made += 1) countFailure(`made-up-${made}@example.com *`);
  expect(() => assertMayTry('victim *')).toThrow('Too many failed sign-ins');
  expect(() => assertMayTry('made-up-1@example.com *')).not.toThrow();
});
