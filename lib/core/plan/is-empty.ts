import type { TargetPlan } from './target-plan';

/** A plan with nothing to write needs no apply. */
export function isEmpty(plan: Pick<TargetPlan, 'changes'>): boolean {
  return plan.changes.every((change) => change.action === 'noop');
}
