import 'server-only';
import type { ActivityRow } from '#api/contract/activity';
import type { contract } from '#api/contract/index';
import type { Context } from '../../door/context';
import { activityWhere } from './activity-where';
import { describeActivity } from './describe-activity';

const batchSize = 500;

/** All rows that the filter finds, oldest first, read as fast as they are taken. What is recorded meanwhile comes along. */
export async function* exportActivity({
  db,
  query,
}: Context<typeof contract.activity.export>): AsyncGenerator<ActivityRow> {
  const where = activityWhere(query);
  for (let last: { at: Date; id: string } | null = null; ; ) {
    const after: object = last
      ? { at: { gte: last.at }, OR: [{ at: { gt: last.at } }, { id: { gt: last.id } }] }
      : {};
    const rows = await db.activity.findMany({
      where: { AND: [where, after] },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take: batchSize,
    });
    for (const row of rows) yield describeActivity(row);
    const end = rows.at(-1);
    if (!end || rows.length < batchSize) return;
    last = end;
  }
}
