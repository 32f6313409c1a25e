import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApplyStatus } from '#core/change/step';
import { isFinished, overallStatus } from './apply-status';

const statuses = fc.array(fc.constantFrom(...ApplyStatus.options), { minLength: 1, maxLength: 6 });

test('an apply is over when its last target is, and has succeeded only when all have', () => {
  fc.assert(
    fc.property(statuses, (targets) => {
      const overall = overallStatus(targets);
      expect(isFinished(overall)).toBe(targets.every(isFinished));
      expect(overall === 'succeeded').toBe(targets.every((status) => status === 'succeeded'));
    }),
  );
});

test('what is not known outweighs what is, and a failure outweighs what was put back', () => {
  expect(overallStatus(['succeeded', 'interrupted', 'failed'])).toBe('interrupted');
  expect(overallStatus(['rolled-back', 'failed', 'cancelled'])).toBe('failed');
  expect(overallStatus(['succeeded', 'queued'])).toBe('running');
  expect(overallStatus(['queued', 'queued'])).toBe('queued');
  expect(overallStatus(['holding', 'running'])).toBe('running');
});
