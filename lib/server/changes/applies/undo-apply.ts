import 'server-only';
import type { applies } from '#api/contract/applies';
import { TargetPlan } from '#core/plan/target-plan';
import type { Context } from '../../door/context';
import type { ReadDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';
import { makePlan } from '../plans/create-plan';
import type { BringBack } from '../plans/load-plan-targets';
import { isFinished } from './apply-status';

/** Where a site goes back to, on one target. */
interface Return {
  readonly siteId: string;
  readonly targetId: string;
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * Undoes an apply as a unit: plans, for every target on which it succeeded, the revisions that ran there before. A person reviews and applies that plan
 * like any other, so that undoing is tested, proven and undone by itself as well.
 */
export async function undoApply(context: Context<typeof applies.undo>) {
  const { db, params } = context;
  const apply = await db.apply.findUnique({
    where: { id: params.id },
    include: { targets: true, plan: { include: { targets: true } } },
  });
  if (!apply) throw notFound('apply');
  if (!isFinished(apply.status)) {
    throw new AppError('conflict', 'This apply has not ended yet.', { hint: 'Wait for it, or cancel it.' });
  }
  const done = new Set(
    apply.targets.flatMap(({ status, targetId }) => (status === 'succeeded' ? targetId : [])),
  );
  const returns = apply.plan.targets
    .filter(({ targetId }) => done.has(targetId))
    .flatMap(({ targetId, document }) =>
      TargetPlan.parse(document)
        .sites.filter(({ selected }) => selected)
        .map(({ siteId, name, from, to }): Return => ({ siteId, targetId, name, from: to, to: from })),
    );
  if (returns.length === 0) {
    throw new AppError('conflict', 'This apply has left nothing behind, so there is nothing to undo.');
  }
  await assertStillThere(db, returns);
  return makePlan(context, {
    siteIds: [...new Set(returns.map(({ siteId }) => siteId))],
    targetIds: [...done],
    bringBack: new Map(
      apply.targets
        .filter(({ targetId }) => done.has(targetId))
        .map(({ id, targetId }) => [targetId, takenBy(id, apply.plan.targets, targetId)]),
    ),
    revisions: new Map(returns.map(({ siteId, targetId, to }) => [`${siteId} ${targetId}`, to])),
  });
}

/** What an apply took from files of others: its undoing brings that back. */
function takenBy(
  applyId: string,
  targets: readonly { targetId: string; document: unknown }[],
  targetId: string,
): BringBack[] {
  return targets
    .filter((target) => target.targetId === targetId)
    .flatMap(({ document }) => TargetPlan.parse(document).changes)
    .filter(({ handOver }) => handOver?.act === 'take')
    .map((change) => ({ applyId, change }));
}

/** What a later apply has changed is not this one's to undo. */
async function assertStillThere(db: ReadDb, returns: readonly Return[]): Promise<void> {
  for (const { siteId, targetId, name, from } of returns) {
    const placed = await db.siteTarget.findUnique({ where: { siteId_targetId: { siteId, targetId } } });
    if (from === null) {
      throw new AppError('conflict', `This apply took ${name} away; a plan cannot bring it back.`, {
        hint: 'Place the site on its hosts again, and apply that.',
      });
    }
    if (placed?.appliedRevision !== from) {
      throw new AppError('stale', `Something else was applied for ${name} since.`, {
        hint: 'Restore the revision that you want on the site’s page, and apply that.',
      });
    }
  }
}
