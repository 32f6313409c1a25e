import 'server-only';
import type { plans } from '#api/contract/plans';
import type { Context } from '../../door/context';
import { afterDate, cutPage } from '../../platform/database/page-cursor';
import { planInclude, planSummary } from './plan-view';

/** The team's plans, newest first. */
export async function listPlans({ db, query }: Context<typeof plans.list>) {
  const rows = await db.plan.findMany({
    where: afterDate('createdAt', query.cursor),
    include: planInclude,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const { items, next } = cutPage(rows, query.limit, (row) => row.createdAt.toISOString());
  return {
    items: await Promise.all(items.map((row) => planSummary(db, row))),
    next,
    total: await db.plan.count(),
  };
}
