import { expect, it } from 'vitest';
import { relativeTime } from './relative-time';

it('tells times as people do, in both directions', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(relativeTime('2026-11-21T11:59:55Z', now)).toBe('just now');
  expect(relativeTime('2026-11-21T11:57:00Z', now)).toBe('3 minutes ago');
  expect(relativeTime('2026-11-20T11:00:00Z', now)).toBe('yesterday');
  expect(relativeTime('2026-11-28T11:59:55Z', now)).toBe('in 7 days');
  expect(relativeTime('2027-02-21T12:00:00Z', now)).toBe('in 3 months');
});

it('calls what happened since the clock’s last tick past', () => {
  const tick = Date.parse('2026-11-21T12:00:00Z');
  expect(relativeTime('2026-11-21T12:00:14Z', tick)).toBe('just now');
  expect(relativeTime('2026-11-21T12:00:40Z', tick)).toBe('in a moment');
});
