import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { cutPage } from '../platform/database/page-cursor';
import { describeSites } from './describe-sites';
import { sitePage } from './site-page';

/** Sites of the team by filter, in a chosen order, page by page. */
export const listSites: Handler<typeof contract.sites.list> = async ({ team, query }) => {
  const { rows, total } = await sitePage(team.id, query);
  const { items, next } = cutPage(rows, query.limit, (row) =>
    query.sort.endsWith('name') ? row.name : row.updatedAt.toISOString(),
  );
  return { items: await describeSites(items), next, total };
};
