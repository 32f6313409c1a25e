import 'server-only';
import type { Issue } from '#core/issue';
import { db } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { applyChanged } from './apply-bus';
import { closeApply } from './finish-target';
import { holdAndDecide } from './run-apply';
import { TargetRun } from './run-target';
import { loadTargetJobs, type TargetJob } from './target-job';

/** Less time than this is not worth a person's attention. */
const shortestHoldSeconds = 10;

/**
 * Finds out what happened to an apply whose dashboard died, by asking its hosts, and records the truth. Nothing is run again: what was
 * not begun is cancelled; what a host still holds on trial is kept only if a person said so or still has time to.
 */
export async function recoverApply(applyId: string, signal: AbortSignal): Promise<void> {
  await cancelUnbegun(applyId);
  const apply = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
  const rows = await db().applyTarget.findMany({ where: { applyId } });
  const holdUntil = new Map(rows.map((row) => [row.id, row.holdUntil]));
  const open = (await loadTargetJobs(applyId)).filter(({ status }) => openTarget(status));
  const onTrial: { run: TargetRun; until: Date }[] = [];
  await Promise.all(
    open.map(async (job: TargetJob) => {
      const run = await TargetRun.open(job, signal);
      if ((await run.settle()) !== 'holding') return;
      const until = holdUntil.get(job.applyTargetId);
      const leftMs = (until?.getTime() ?? 0) - Date.now();
      if (apply.decision === 'confirm') await run.confirm();
      else if (until && apply.decision === null && leftMs >= shortestHoldSeconds * 1000)
        onTrial.push({ run, until });
      else await run.rollBack(unwatched);
    }),
  );
  const [first] = onTrial;
  if (!first) return;
  const leftSeconds = Math.floor((first.until.getTime() - Date.now()) / 1000);
  await holdAndDecide(
    applyId,
    onTrial.map(({ run }) => run),
    Math.max(leftSeconds, shortestHoldSeconds),
    signal,
  );
}

const openTarget = (status: string) =>
  status === 'running' || status === 'holding' || status === 'interrupted';

async function cancelUnbegun(applyId: string): Promise<void> {
  await write(async (tx) => {
    const finishedAt = new Date();
    await tx.applyTarget.updateMany({
      where: { applyId, status: 'queued' },
      data: { status: 'cancelled', finishedAt, failure: notBegun },
    });
    await closeApply(tx, applyId, finishedAt);
  });
  applyChanged(applyId);
}

const notBegun: Issue = {
  code: 'apply.not-begun',
  severity: 'error',
  path: [],
  message: 'The dashboard stopped before this was begun. Nothing was written.',
  hint: 'Apply the same plan again, or make a new one.',
};

const unwatched: Issue = {
  code: 'apply.unwatched',
  severity: 'error',
  path: [],
  message:
    'The dashboard stopped before it could check and confirm the change, so the host put the old state back.',
  hint: 'Apply the same plan again, or make a new one.',
};
