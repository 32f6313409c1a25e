import { expect, test } from 'vitest';
import { applySteps, rollbackSteps } from './step-names';
import { mayFollow, stepsAfter } from './steps';

test('steps follow one another in their order, and none is left out', () => {
  for (const [index, step] of applySteps.entries()) {
    expect(mayFollow(applySteps[index - 1] ?? null, step), step).toBe(true);
    expect(mayFollow(applySteps[index - 2] ?? 'clean', step), step).toBe(false);
  }
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
