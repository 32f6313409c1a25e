import { expect, test } from 'vitest';
import { ApplyStatus } from '../change/step';
import { type PlanFacts, planState, type Readiness } from './plan-state';

const ready: PlanFacts = { stored: 'ready', staleCodes: [], apply: null, readiness: null };
const review = (more: Partial<Readiness>): PlanFacts => ({
  ...ready,
  readiness: { approvalsNeeded: 0, approvals: 0, objected: false, frozen: false, ...more },
});

test('a plan that lacks an approval is not ready, and is once it has it', () => {
  expect(planState(review({ approvalsNeeded: 1 }))).toBe('waiting-for-review');
  expect(planState(review({ approvalsNeeded: 2, approvals: 1 }))).toBe('waiting-for-review');
  expect(planState(review({ approvalsNeeded: 1, approvals: 1 }))).toBe('ready');
  expect(planState(review({}))).toBe('ready');
});

test('an objection comes before the count, a freeze after it', () => {
  expect(planState(review({ approvalsNeeded: 1, approvals: 1, objected: true }))).toBe('changes-requested');
  expect(planState(review({ approvalsNeeded: 1, frozen: true }))).toBe('waiting-for-review');
  expect(planState(review({ frozen: true }))).toBe('frozen');
});

test('what overtook a plan is told from its age', () => {
  expect(planState({ ...ready, staleCodes: ['plan.newer-revision', 'plan.expired'] })).toBe('overtaken');
  expect(planState({ ...ready, staleCodes: ['plan.expired'] })).toBe('expired');
  expect(planState({ ...ready, stored: 'empty', staleCodes: ['plan.newer-apply'] })).toBe('overtaken');
  expect(planState({ ...ready, stored: 'stale' })).toBe('overtaken');
});

test('an apply that was undone never leaves a plan that is called applied', () => {
  const after = (status: ApplyStatus, targets: ApplyStatus[] = [status]) =>
    planState({ ...ready, stored: 'applied', apply: { status, targets } });
  expect(after('rolled-back')).toBe('rolled-back');
  expect(after('failed')).toBe('failed');
  expect(after('cancelled')).toBe('cancelled');
  expect(after('rolled-back', ['succeeded', 'rolled-back'])).toBe('partly-applied');
  expect(after('interrupted', ['succeeded', 'interrupted'])).toBe('interrupted');
  expect(after('holding')).toBe('on-trial');
  expect(ApplyStatus.options.filter((status) => after(status) === 'applied')).toEqual(['succeeded']);
});
