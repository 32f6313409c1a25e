import 'server-only';
import type { Issue } from '#core/issue';
import { db } from '../db';
import { mapBounded } from '../jobs/map-bounded';
import { awaitDecision } from './await-decision';
import { type Standing, TargetRun } from './run-target';
import { loadTargetJobs } from './target-job';

/** Hosts at once, after the canary. */
const hostsAtOnce = 4;
/** Time for our own checks before a host undoes what nobody confirms. */
const probeBudgetSeconds = 120;

/**
 * Carries out one apply from its first target to the end: a canary alone, then the others side by side, nothing further begun after a
 * failure. Without a hold each target is confirmed when its checks pass; with one all stay on trial until a person decides, or the
 * hosts undo them by themselves.
 */
export async function runApply(applyId: string, signal: AbortSignal): Promise<void> {
  const { holdSeconds } = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
  const jobs = await loadTargetJobs(applyId);
  const runs = await Promise.all(jobs.map((job) => TargetRun.open(job, signal)));
  const held: TargetRun[] = [];
  let failed = false;
  // A host on trial waits until the last one is proven; only then does the person's time begin.
  const trialSeconds = probeBudgetSeconds * (holdSeconds > 0 ? runs.length : 1) + holdSeconds;
  const one = async (run: TargetRun) => {
    if (failed) return;
    const standing = await run.prove(trialSeconds);
    const ended = standing === 'holding' && holdSeconds === 0 ? await run.confirm() : standing;
    if (ended === 'holding') held.push(run);
    else if (ended !== 'succeeded') failed = true;
  };
  const [canary, ...others] = runs;
  if (canary) await one(canary);
  await mapBounded(others, hostsAtOnce, one);
  if (failed) await Promise.all(held.map((run) => run.rollBack(undoneTogether)));
  else if (held.length > 0) await holdAndDecide(applyId, held, holdSeconds, signal);
}

/** Keeps proven targets on trial until a person or the clock decides. */
export async function holdAndDecide(
  applyId: string,
  runs: readonly TargetRun[],
  holdSeconds: number,
  signal: AbortSignal,
): Promise<void> {
  const holds = await Promise.all(runs.map((run) => run.hold(holdSeconds)));
  const waiting = runs.filter((_, index) => holds[index] instanceof Date);
  const until = holds.find((hold) => hold instanceof Date);
  if (!until) return;
  if (waiting.length < runs.length) {
    await Promise.all(waiting.map((run) => run.rollBack(undoneTogether)));
    return;
  }
  const decision = await awaitDecision(applyId, until, signal);
  const decide = (run: TargetRun): Promise<Standing> => {
    if (decision === 'confirm') return run.confirm();
    return decision === 'rollback' ? run.rollBack(undoneOnRequest) : run.settle();
  };
  await Promise.all(waiting.map(decide));
}

const undoneTogether: Issue = {
  code: 'apply.undone-together',
  severity: 'error',
  path: [],
  message: 'Put back, because the apply failed on another host.',
};

export const undoneOnRequest: Issue = {
  code: 'apply.undone-on-request',
  severity: 'warning',
  path: [],
  message: 'Somebody undid the change while it was on trial.',
};
