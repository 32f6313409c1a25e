import 'server-only';
import type { contract } from '#api/contract/index';
import { cutPage, upToDate } from '../page-cursor';
import type { Handler } from '../route';
import { activityWhere } from './activity-where';
import { describeActivity } from './describe-activity';

/** What happened in the team, newest first. */
export const listActivity: Handler<typeof contract.activity.list> = async ({ db, query }) => {
  const { cursor, limit, ...filter } = query;
  const where = activityWhere(filter);
  const [total, rows] = await Promise.all([
    db.activity.count({ where }),
    db.activity.findMany({
      where: { AND: [where, upToDate('at', cursor)] },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    }),
  ]);
  const { items, next } = cutPage(rows, limit, (row) => row.at.toISOString());
  return { items: items.map(describeActivity), next, total };
};
