import type { StepName } from '../change/step';
import { applySteps, occasionalSteps, rollbackSteps } from '../change/step-names';

/** From this step on something may have been written, so failing means going back. */
const firstReversible: StepName = 'backup';

const order: readonly StepName[] = applySteps;
const wayBack: readonly StepName[] = rollbackSteps;
const occasional: readonly StepName[] = occasionalSteps;

/** Whether a recorded step may come right after another (`null`: at the start). Rollback may begin after any reversible step. */
export function mayFollow(previous: StepName | null, next: StepName): boolean {
  if (wayBack.includes(next)) {
    if (next !== 'restore') return follows(wayBack, previous, next);
    if (previous !== null && wayBack.includes(previous)) return true;
    const from = previous === null ? -1 : order.indexOf(previous);
    return from >= order.indexOf(firstReversible) && previous !== 'clean';
  }
  if (previous === null) return next === order[0];
  return follows(order, previous, next);
}

/** Whether nothing but occasional steps lies between the two. */
function follows(way: readonly StepName[], previous: StepName | null, next: StepName): boolean {
  const from = previous === null ? -1 : way.indexOf(previous);
  const to = way.indexOf(next);
  return from >= 0 && from < to && way.slice(from + 1, to).every((step) => occasional.includes(step));
}

/** The steps still to come when all goes well, for a view of what is ahead. */
export function stepsAfter(step: StepName | null): readonly StepName[] {
  const way = step !== null && wayBack.includes(step) ? wayBack : order;
  return way.slice(step === null ? 0 : way.indexOf(step) + 1).filter((ahead) => !occasional.includes(ahead));
}
