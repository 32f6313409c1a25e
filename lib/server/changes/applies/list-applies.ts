import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Context } from '../../door/context';
import { afterDate, cutPage } from '../../platform/database/page-cursor';
import { applySummary, summaryInclude } from './apply-view';

/** The team's applies, newest first; those of one site where it is named. */
export async function listApplies({ db, query }: Context<typeof applies.list>) {
  const ofSite = query.siteId ? { plan: { sites: { some: { siteId: query.siteId } } } } : {};
  const rows = await db.apply.findMany({
    where: { AND: [ofSite, afterDate('createdAt', query.cursor)] },
    include: summaryInclude,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const { items, next } = cutPage(rows, query.limit, (row) => row.createdAt.toISOString());
  return { items: items.map(applySummary), next, total: await db.apply.count({ where: ofSite }) };
}
