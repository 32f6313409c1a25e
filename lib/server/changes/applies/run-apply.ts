import 'server-only';
import type { Issue } from '#core/issue';
import { db } from '../../platform/database/db';
import { env } from '../../platform/env';
import { mapBounded } from '../../platform/jobs/map-bounded';
import { awaitDecision } from './await-decision';
import { type Standing, TargetRun } from './run-target';
import { loadTargetJobs } from './target-job';

/** Time for our own checks before a host undoes what nobody confirms. */
const probeBudgetSeconds = 120;

/**
 * Carries out one apply from its first target to the end: a canary alone, then the others side by side, nothing further begun after a
 * failure. Without a hold each target is confirmed when its checks pass; with one all stay on trial until a person decides, or the
 * hosts undo them by themselves. A person may cancel: what was not begun stays as it is.
 */
export async function runApply(applyId: string, signal: AbortSignal): Promise<void> {
  const { holdSeconds } = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
  const jobs = await loadTargetJobs(applyId);
  const runs = await Promise.all(jobs.map((job) => TargetRun.open(job, signal)));
  const held: TargetRun[] = [];
  let failed = false;
  let cancelled = false;
  // A host on trial waits until the last one is proven; only then does the person's time begin.
  const trialSeconds = probeBudgetSeconds * (holdSeconds > 0 ? runs.length : 1) + holdSeconds;
  const one = async (run: TargetRun) => {
    if (failed || cancelled) return;
    if (!(await run.begin())) {
      cancelled = true;
      return;
    }
    const standing = await run.prove(trialSeconds);
    const ended = standing === 'holding' && holdSeconds === 0 ? await run.confirm() : standing;
    if (ended === 'holding') held.push(run);
    else if (ended !== 'succeeded') failed = true;
  };
  const [canary, ...others] = runs;
  try {
    if (canary) await one(canary);
    await mapBounded(others, env().applyHostsAtOnce, one);
    if (failed) await Promise.all(held.map((run) => run.rollBack(undoneTogether)));
    else if (cancelled) await Promise.all(held.map((run) => run.rollBack(undoneOnCancel)));
    else if (held.length > 0) await holdAndDecide(applyId, held, holdSeconds, signal);
  } finally {
    await Promise.all(runs.map((run) => run.close()));
  }
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
  const undone = await undoneOnRequest(applyId);
  const decide = (run: TargetRun): Promise<Standing> => {
    if (decision === 'confirm') return run.confirm();
    return decision === 'rollback' ? run.rollBack(undone) : run.settle();
  };
  await Promise.all(waiting.map(decide));
}

const undoneTogether: Issue = {
  code: 'apply.undone-together',
  severity: 'error',
  path: [],
  message: 'Put back, because the apply failed on another host.',
};

const undoneOnCancel: Issue = {
  code: 'apply.undone-on-cancel',
  severity: 'warning',
  path: [],
  message: 'Put back, because the apply was cancelled before all hosts were on trial together.',
};

/** Who decided is on record before anything acts on it. */
async function undoneOnRequest(applyId: string): Promise<Issue> {
  const { decidedById } = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
  const who =
    decidedById && (await db().user.findUnique({ where: { id: decidedById }, select: { name: true } }));
  return {
    code: 'apply.undone-on-request',
    severity: 'warning',
    path: [],
    message: `${who ? who.name : 'A former member'} undid the change while it was on trial.`,
  };
}
