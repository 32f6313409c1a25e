import type { StepName } from './step';
import { applySteps, occasionalSteps, rollbackSteps } from './step-names';

/** How a step ended. `skipped` counts as done: there was nothing to do. */
export type StepResult = 'ok' | 'skipped' | 'failed';

/**
 * Where an apply ends. `untouched`: it failed before anything was written. `restored`: the old state is back and proven.
 * `restore-failed`: the way back failed as often as it is tried; a person has to look.
 */
export type Ending = 'succeeded' | 'untouched' | 'restored' | 'restore-failed';

export type Progress =
  | { readonly kind: 'at'; readonly step: StepName; readonly restores: number }
  | { readonly kind: 'ended'; readonly ending: Ending };

/** From this step on something may have been written, so failing means going back. */
const firstReversible: StepName = 'backup';
/** How often the whole way back is tried. */
export const maxRestores = 3;

const order: readonly StepName[] = applySteps;
const wayBack: readonly StepName[] = rollbackSteps;
const occasional: readonly StepName[] = occasionalSteps;

export const start: Progress = { kind: 'at', step: applySteps[0], restores: 0 };

/** The only transitions there are. Total: every sequence of results ends, after at most a fixed number of steps. */
export function advance(progress: Progress, result: StepResult): Progress {
  if (progress.kind === 'ended') return progress;
  const { step, restores } = progress;
  const back = wayBack.indexOf(step);
  if (back >= 0) {
    if (result === 'failed') {
      return restores >= maxRestores
        ? ended('restore-failed')
        : { kind: 'at', step: 'restore', restores: restores + 1 };
    }
    const next = wayBack[back + 1];
    return next ? { kind: 'at', step: next, restores } : ended('restored');
  }
  const forward = order.indexOf(step);
  if (result === 'failed') {
    // The change is confirmed and serving: left-overs of our own are no reason to undo it.
    if (step === 'clean') return ended('succeeded');
    const reversible = forward >= order.indexOf(firstReversible);
    return reversible ? { kind: 'at', step: 'restore', restores: 1 } : ended('untouched');
  }
  const next = order[forward + 1];
  return next ? { kind: 'at', step: next, restores } : ended('succeeded');
}

const ended = (ending: Ending): Progress => ({ kind: 'ended', ending });

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
