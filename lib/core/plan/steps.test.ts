import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StepName } from './step';
import { applySteps, rollbackSteps } from './step-names';
import { advance, maxRestores, mayFollow, type Progress, type StepResult, start, stepsAfter } from './steps';

const result = fc.constantFrom<StepResult>('ok', 'ok', 'ok', 'ok', 'skipped', 'failed');
const longest = applySteps.length + (maxRestores + 1) * rollbackSteps.length;

/** Runs the machine; results that run out count as `ok`, since a step that hangs is cut off and started again. */
function run(results: readonly StepResult[]) {
  const done: { step: StepName; result: StepResult }[] = [];
  let progress: Progress = start;
  while (progress.kind === 'at') {
    const each = results[done.length] ?? 'ok';
    done.push({ step: progress.step, result: each });
    progress = advance(progress, each);
    if (done.length > longest) throw new Error('does not end');
  }
  return { done, ending: progress.ending };
}

describe('an apply is whole or nothing (G4)', () => {
  test('whatever fails, it ends: succeeded, restored or untouched; or says that restoring failed', () => {
    fc.assert(
      fc.property(fc.array(result, { maxLength: longest }), (results) => {
        const { done, ending } = run(results);
        const failedBack = done.filter(
          ({ step, result }) => result === 'failed' && (rollbackSteps as readonly string[]).includes(step),
        );
        if (failedBack.length < maxRestores) expect(['succeeded', 'restored', 'untouched']).toContain(ending);
      }),
      { numRuns: 2000 },
    );
  });

  test('it succeeds only when everything up to the confirmation did', () => {
    fc.assert(
      fc.property(fc.array(result, { maxLength: longest }), (results) => {
        const { done, ending } = run(results);
        const good = applySteps
          .slice(0, -1)
          .every((name) => done.some(({ step, result }) => step === name && result !== 'failed'));
        expect(ending === 'succeeded').toBe(good);
      }),
      { numRuns: 2000 },
    );
  });

  test('once a file may have been written, the only way out is forward to the end or back to the old state', () => {
    for (const failing of applySteps) {
      const at = applySteps.indexOf(failing);
      const { ending } = run([...applySteps.slice(0, at).map((): StepResult => 'ok'), 'failed']);
      const expected =
        failing === 'clean' ? 'succeeded' : at < applySteps.indexOf('backup') ? 'untouched' : 'restored';
      expect(ending, failing).toBe(expected);
    }
  });

  test('the recorded order can be checked: each transition of the machine is allowed, skipping is not', () => {
    fc.assert(
      fc.property(fc.array(result, { maxLength: longest }), (results) => {
        const names = run(results).done.map(({ step }) => step);
        names.forEach((name, index) => {
          expect(mayFollow(names[index - 1] ?? null, name)).toBe(true);
        });
      }),
    );
    expect(mayFollow('compare', 'write')).toBe(false);
    expect(mayFollow('compare', 'restore')).toBe(false);
    expect(mayFollow('restore', 'write')).toBe(false);
  });
});

test('what is ahead of a running apply is the rest of its way', () => {
  expect(stepsAfter(null)).toEqual(applySteps);
  expect(stepsAfter('probe')).toEqual(['confirm', 'clean']);
  expect(stepsAfter('restore')).toEqual(['retest', 'reload-old', 'prove-old']);
});
