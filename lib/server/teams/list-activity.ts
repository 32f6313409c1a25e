import 'server-only';
import type { contract } from '#api/contract/index';
import { afterDate, cutPage } from '../page-cursor';
import type { Handler } from '../route';

/** What happened in the team, newest first. */
export const listActivity: Handler<typeof contract.team.listActivity> = async ({ db, query }) => {
  const [total, rows] = await Promise.all([
    db.activity.count(),
    db.activity.findMany({
      where: afterDate('at', query.cursor),
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    }),
  ]);
  const { items, next } = cutPage(rows, query.limit, (row) => row.at.toISOString());
  return {
    items: items.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actorLabel,
      address: row.address,
      event: row.event,
      subject: row.subject,
      subjectId: row.subjectId,
      requestId: row.requestId,
    })),
    next,
    total,
  };
};
