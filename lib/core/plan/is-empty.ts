import type { TargetPlan } from './target-plan';

/** A plan with nothing to write, to load or to renew needs no apply. */
export function isEmpty({ changes, chores = [] }: Pick<TargetPlan, 'changes' | 'chores'>): boolean {
  return chores.length === 0 && changes.every((change) => change.action === 'noop');
}
