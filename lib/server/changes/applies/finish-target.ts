import 'server-only';
import { ApplyStatus } from '#core/change/step';
import type { Issue } from '#core/issue';
import { writeAudit } from '../../door/audit';
import type { WriteDb } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import { applyChanged } from './apply-bus';
import { isFinished, overallStatus } from './apply-status';
import { applySubject } from './apply-subject';
import { summaryInclude } from './apply-view';
import { notifyApply } from './notify-apply';
import type { TargetJob } from './target-job';

interface Ending {
  readonly status: Extract<ApplyStatus, 'succeeded' | 'failed' | 'rolled-back' | 'cancelled'>;
  readonly failure: Issue | null;
  /** What else has to be true together with the ending. */
  readonly also?: (tx: WriteDb) => Promise<void>;
}

type Ended = Ending['status'];

/**
 * Records how one target ended, in one transaction with everything that follows from it. A failure cancels the targets that were not
 * begun; the last target to end closes the apply and puts it on the team's record.
 */
export async function finishTarget(job: TargetJob, { status, failure, also }: Ending): Promise<Ended> {
  await write(async (tx) => {
    const finishedAt = new Date();
    await also?.(tx);
    await tx.applyTarget.update({
      where: { id: job.applyTargetId },
      data: { status, finishedAt, holdUntil: null, ...(failure ? { failure } : {}) },
    });
    if (status !== 'succeeded') {
      await tx.applyTarget.updateMany({
        where: { applyId: job.applyId, status: 'queued' },
        data: { status: 'cancelled', finishedAt, failure: stopped(job) },
      });
    }
    await closeApply(tx, job.applyId, finishedAt);
  });
  applyChanged(job.applyId);
  return status;
}

/** Takes a target that waits. False when it no longer waits: somebody cancelled it. */
export async function beginTarget(job: TargetJob): Promise<boolean> {
  const startedAt = new Date();
  const begun = await write(async (tx) => {
    const { count } = await tx.applyTarget.updateMany({
      where: { id: job.applyTargetId, status: 'queued' },
      data: { status: 'running', startedAt },
    });
    if (count > 0) await followTargets(tx, job.applyId, startedAt);
    return count > 0;
  });
  applyChanged(job.applyId);
  return begun;
}

/** A change of state on the way. */
export async function markTarget(
  job: TargetJob,
  status: Extract<ApplyStatus, 'running' | 'holding' | 'interrupted'>,
  more: { holdUntil?: Date | null } = {},
): Promise<void> {
  await write(async (tx) => {
    await tx.applyTarget.update({ where: { id: job.applyTargetId }, data: { status, ...more } });
    await followTargets(tx, job.applyId, null);
  });
  applyChanged(job.applyId);
}

async function followTargets(tx: WriteDb, applyId: string, startedAt: Date | null): Promise<void> {
  const targets = await tx.applyTarget.findMany({ where: { applyId } });
  const status = overallStatus(targets.map((target) => ApplyStatus.parse(target.status)));
  const apply = await tx.apply.findUniqueOrThrow({ where: { id: applyId } });
  await tx.apply.update({
    where: { id: applyId },
    data: { status, startedAt: apply.startedAt ?? startedAt },
  });
}

const stopped = (job: TargetJob): Issue => ({
  code: 'apply.stopped',
  severity: 'error',
  path: [],
  message: `Not begun, because the apply failed on ${job.host.name} before.`,
});

/** Closes the apply when its last target has ended. */
export async function closeApply(tx: WriteDb, applyId: string, finishedAt: Date): Promise<void> {
  const apply = await tx.apply.findUniqueOrThrow({
    where: { id: applyId },
    include: summaryInclude,
  });
  if (isFinished(apply.status)) return;
  const status = overallStatus(apply.targets.map((target) => ApplyStatus.parse(target.status)));
  if (!isFinished(status)) {
    await tx.apply.update({ where: { id: applyId }, data: { status } });
    return;
  }
  const failures = apply.targets.filter((target) => target.failure !== null);
  const first = failures.find((target) => target.status !== 'cancelled') ?? failures[0];
  const data = { status, finishedAt, ...(first?.failure ? { failure: first.failure } : {}) };
  await tx.apply.update({ where: { id: applyId }, data });
  const undone = apply.targets.filter((target) => target.status === 'rolled-back');
  const hosts = [...new Set(undone.map(({ target }) => target.host.name))];
  await writeAudit(tx, {
    event: `apply.${status}`,
    teamIds: [apply.teamId],
    // Nobody puts files back: the hosts do, no matter who began the apply or decided against it. That decision has a row of its own.
    ...(status === 'rolled-back' && hosts.length > 0
      ? {
          actorId: null,
          actorLabel: hosts.length === 1 ? `host ${hosts[0]}` : `hosts ${hosts.join(', ')}`.slice(0, 200),
        }
      : { actorId: apply.requestedById, actorLabel: apply.requestedBy?.email ?? 'a former member' }),
    address: 'dashboard',
    requestId: applyId,
    subject: applySubject(apply),
    subjectId: applyId,
    detail: {
      planId: apply.planId,
      targets: apply.targets.length,
      ...(first?.failure && typeof first.failure === 'object' && 'message' in first.failure
        ? { reason: String(first.failure.message).slice(0, 300) }
        : {}),
    },
  });
  await notifyApply(tx, { ...apply, status, failure: first?.failure ?? apply.failure });
}
