import 'server-only';
import type { plans } from '#api/contract/plans';
import type { Context } from '../../door/context';
import { notFound } from '../../platform/errors/app-error';
import { planInclude, planView } from './plan-view';

/** A plan as it was made. Nothing is recomputed except whether it is still worth anything. */
export async function getPlan({ db, params }: Context<typeof plans.get>) {
  const row = await db.plan.findUnique({ where: { id: params.id }, include: planInclude });
  if (!row) throw notFound('plan');
  return planView(db, row);
}
