import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { afterDate, cutPage } from '../../platform/database/page-cursor';
import { describePerson, personInclude } from './describe-person';

/** Everybody, newest first, by a part of name or e-mail address. */
export const listPeople: Handler<typeof contract.people.list> = async ({ db, query }) => {
  const search = query.search?.trim();
  const found = search ? { OR: [{ name: { contains: search } }, { email: { contains: search } }] } : {};
  const [total, rows] = await Promise.all([
    db.user.count({ where: found }),
    db.user.findMany({
      where: { AND: [found, afterDate('createdAt', query.cursor)] },
      include: personInclude,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    }),
  ]);
  const { items, next } = cutPage(rows, query.limit, (row) => row.createdAt.toISOString());
  return { items: items.map(describePerson), next, total };
};
