import { expect, test } from 'vitest';
import { daysUntil, dueWarning } from './due-warning';

test('each warning is given once, at 21, 7 and 1 days', () => {
  const given: [number, number][] = [];
  const told: number[] = [];
  for (let days = 40; days >= -5; days--) {
    const due = dueWarning(days, told);
    if (due === null) continue;
    told.push(due);
    given.push([days, due]);
  }
  expect(given).toEqual([
    [21, 21],
    [7, 7],
    [1, 1],
  ]);
});

test('of warnings that were missed only the most urgent one is given', () => {
  expect(dueWarning(5, [])).toBe(7);
  expect(dueWarning(-3, [])).toBe(1);
  expect(dueWarning(5, [7])).toBeNull();
  expect(dueWarning(0, [21, 7])).toBe(1);
});

test('a day that has begun does not count as whole', () => {
  const now = Date.UTC(2026, 0, 1);
  expect(daysUntil(now + 86_399_999, now)).toBe(0);
  expect(daysUntil(now - 1, now)).toBe(-1);
});
