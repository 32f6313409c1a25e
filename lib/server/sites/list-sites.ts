import 'server-only';
import type { contract } from '#api/contract/index';
import { cutPage } from '../page-cursor';
import type { Handler } from '../route';
import { describeSites } from './describe-sites';
import { sitePage } from './site-page';

/** Sites of the team by filter, in a chosen order, page by page. */
export const listSites: Handler<typeof contract.sites.list> = async ({ db, team, query }) => {
  const { ids, total } = await sitePage(team.id, query);
  const found = await db.site.findMany({ where: { id: { in: ids } } });
  const byId = new Map(found.map((row) => [row.id, row]));
  const rows = ids.flatMap((id) => byId.get(id) ?? []);
  const key = (row: (typeof rows)[number]) =>
    query.sort.endsWith('name') ? row.name : row.updatedAt.toISOString();
  const { items, next } = cutPage(rows, query.limit, key);
  return { items: await describeSites(items), next, total };
};
