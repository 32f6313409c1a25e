import { expect, test } from 'vitest';
import { applySteps, occasionalSteps, rollbackSteps } from '../change/step-names';
import { mayFollow, stepsAfter } from './steps';

const regular = applySteps.filter((step) => !(occasionalSteps as readonly string[]).includes(step));

test('steps follow one another in their order, and none but an occasional one is left out', () => {
  for (const way of [applySteps, regular])
    for (const [index, step] of way.entries())
      expect(mayFollow(way[index - 1] ?? null, step), step).toBe(true);
  for (const [index, step] of regular.entries())
    expect(mayFollow(regular[index - 2] ?? 'clean', step), step).toBe(false);
});

test('the way back begins after a step that may have written something, and at no other', () => {
  for (const step of applySteps) {
    const reversible = applySteps.indexOf(step) >= applySteps.indexOf('backup') && step !== 'clean';
    expect(mayFollow(step, 'restore'), step).toBe(reversible);
  }
  for (const step of rollbackSteps) {
    // It is tried again from the start, and never leads forward.
    expect(mayFollow(step, 'restore'), step).toBe(true);
    expect(mayFollow(step, 'write'), step).toBe(false);
  }
});

test('what is ahead of a running apply is the rest of its way', () => {
  expect(stepsAfter(null)).toEqual(applySteps.filter((step) => step !== 'await-certificate'));
  expect(stepsAfter('probe')).toEqual(['confirm', 'clean']);
  expect(mayFollow('prove', 'probe') && mayFollow('reload-old', 'prove-old')).toBe(true);
  expect(mayFollow('reload', 'probe')).toBe(false);
  expect(stepsAfter('restore')).toEqual(['retest', 'reload-old', 'prove-old']);
});
