import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { db } from '../../platform/database/db';
import { cutPage, decodeCursor } from '../../platform/database/page-cursor';
import { describeSharedSite } from './describe-shared-site';
import { describeSharedList, findSharedList } from './find-shared-list';

/** A shared list and its sites, by name. */
export const getShared: Handler<typeof contract.shared.get> = async ({ params, query, team }) => {
  const after = query.cursor ? { name: { gt: decodeCursor(query.cursor).key } } : {};
  const share = await findSharedList(team.id, params.id);
  const where = { archivedAt: null, lists: { some: { listId: share.listId } } };
  const [total, rows] = await Promise.all([
    db().site.count({ where }),
    db().site.findMany({ where: { ...where, ...after }, orderBy: { name: 'asc' }, take: query.limit + 1 }),
  ]);
  const { items, next } = cutPage(rows, query.limit, ({ name }) => name);
  return { list: describeSharedList(share), items: items.map(describeSharedSite), next, total };
};
