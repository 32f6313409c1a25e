import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Issue } from '#core/issue';
import type { Context } from '../../door/context';
import { AppError, notFound } from '../../platform/errors/app-error';
import { applyChanged } from './apply-bus';
import { applySubject, withSiteNames } from './apply-subject';
import { applyInclude, applyView } from './apply-view';
import { closeApply } from './finish-target';

/**
 * Begins no further target of an apply. What is under way on a host goes on to its own end, confirmed or rolled back, since half a change is the one
 * thing that must not be; what already serves stays.
 */
export async function cancelApply(context: Context<typeof applies.cancel>) {
  const { db, params, actor } = context;
  await context.change(async (tx) => {
    const row = await tx.apply.findUnique({
      where: { id: params.id },
      include: { targets: true, ...withSiteNames },
    });
    if (!row) throw notFound('apply');
    if (row.status === 'holding') {
      throw new AppError('conflict', 'This apply is on trial: nothing is left to cancel.', {
        hint: 'Undo it, or keep it.',
      });
    }
    const waiting = row.targets.filter(({ status }) => status === 'queued');
    if (waiting.length === 0) {
      throw new AppError('conflict', 'Every host of this apply has been begun already.', {
        hint: 'Wait for it to end; what it changed can be undone then.',
      });
    }
    const at = new Date();
    await tx.apply.update({ where: { id: row.id }, data: { cancelledById: actor.id, cancelledAt: at } });
    await tx.applyTarget.updateMany({
      where: { applyId: row.id, status: 'queued' },
      data: { status: 'cancelled', finishedAt: at, failure: cancelled(actor.name) },
    });
    await closeApply(tx, row.id, at);
    return {
      value: undefined,
      audit: {
        subject: applySubject(row),
        subjectId: row.id,
        detail: { cancelled: waiting.length, targets: row.targets.length },
      },
    };
  });
  applyChanged(params.id);
  return applyView(await db.apply.findUniqueOrThrow({ where: { id: params.id }, include: applyInclude }));
}

const cancelled = (who: string): Issue => ({
  code: 'apply.cancelled-by-person',
  severity: 'warning',
  path: [],
  message: `${who} cancelled the apply before this was begun. Nothing was written.`,
  hint: 'Make a new plan to continue.',
});
