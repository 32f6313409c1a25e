import 'server-only';
import type { contract } from '#api/contract/index';
import type { Context } from '../../door/context';
import type { Handler } from '../../door/route';
import { cutPage, upToDate } from '../../platform/database/page-cursor';
import { activityWhere } from './activity-where';
import { describeActivity } from './describe-activity';
import { countActivity, isIndexed, searchActivity } from './search-activity';

type ListContext = Context<typeof contract.activity.list>;

async function search({ db, team, query }: ListContext, text: string) {
  const { ids, total } = await searchActivity(team.id, { ...query, text });
  const found = new Map(
    (await db.activity.findMany({ where: { id: { in: ids } } })).map((row) => [row.id, row]),
  );
  return { total, rows: ids.flatMap((id) => found.get(id) ?? []) };
}

/** What happened in the team, newest first. */
export const listActivity: Handler<typeof contract.activity.list> = async (context) => {
  const { db, team, query } = context;
  const { cursor, limit, text, ...filter } = query;
  const where = activityWhere({ ...filter, text });
  const page = async () => {
    const [total, rows] = await Promise.all([
      text?.trim() ? db.activity.count({ where }) : countActivity(team.id, filter),
      db.activity.findMany({
        where: { AND: [where, upToDate('at', cursor)] },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      }),
    ]);
    return { total, rows };
  };
  const { total, rows } = isIndexed(text) ? await search(context, text) : await page();
  const { items, next } = cutPage(rows, limit, (row) => row.at.toISOString());
  return { items: items.map(describeActivity), next, total };
};
