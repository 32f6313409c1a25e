import { expect, test } from 'vitest';
import { retryAfter } from './retry-after';

const now = new Date('2026-01-01T00:00:00Z');
const seconds = (header: string | null) => {
  const at = retryAfter(header, now);
  return at === null ? null : (at.getTime() - now.getTime()) / 1000;
};

test.each([
  ['2', 2],
  [' 3600 ', 3600],
  ['Thu, 01 Jan 2026 00:02:00 GMT', 120],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['999999999', 30 * 86_400],
  ['soon', null],
  ['', null],
  [null, null],
])('Retry-After %j is %j seconds from now', (header, expected) => {
  expect(seconds(header)).toBe(expected);
});
