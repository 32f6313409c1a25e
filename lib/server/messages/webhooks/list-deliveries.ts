import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { afterDate, cutPage } from '../../platform/database/page-cursor';
import { describeDelivery } from './describe-webhook';

/** Messages of the team, newest first; those of one webhook, or in one state, where that is named. */
export const listDeliveries: Handler<typeof contract.deliveries.list> = async ({ db, query }) => {
  const where = {
    ...(query.webhookId ? { webhookId: query.webhookId } : {}),
    ...(query.status ? { status: query.status } : {}),
  };
  const rows = await db.webhookDelivery.findMany({
    where: { AND: [where, afterDate('createdAt', query.cursor)] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: query.limit + 1,
  });
  const { items, next } = cutPage(rows, query.limit, (row) => row.createdAt.toISOString());
  return { items: items.map(describeDelivery), next, total: await db.webhookDelivery.count({ where }) };
};
