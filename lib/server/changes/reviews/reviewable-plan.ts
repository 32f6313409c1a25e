import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';
import { planStaleness } from '../plans/plan-staleness';

/** A plan that can still be reviewed: ready, and overtaken by nothing. @throws AppError `not-found`, `stale`, `conflict` */
export async function reviewablePlan(tx: WriteDb, id: string) {
  const plan = await tx.plan.findUnique({ where: { id } });
  if (!plan) throw notFound('plan');
  const [stale] = await planStaleness(tx, plan);
  if (stale)
    throw new AppError('stale', stale.message, { hint: 'Make a new plan and review that.', issues: [stale] });
  if (plan.status !== 'ready') {
    throw new AppError('conflict', 'Only a plan that is ready to apply can be reviewed.', {
      hint: 'Make a new plan and review that.',
    });
  }
  return plan;
}

/** Plans have no names: the first characters of the hash are on the screens. */
export const planSubject = (plan: { id: string; hash: string }) => ({
  subject: `plan ${plan.hash.slice(0, 8)}`,
  subjectId: plan.id,
});
