import 'server-only';
import type { contract } from '#api/contract/index';
import type { Prisma } from '../../generated/prisma/client';
import type { Context } from '../context';
import { AppError } from '../errors/app-error';
import { cutPage, decodeCursor } from '../page-cursor';
import type { Handler } from '../route';
import { bySite } from './by-site';
import { describeSites, siteInclude } from './describe-sites';
import { driftedPlacements } from './drifted-placements';
import { siteSync } from './site-sync';

type ListContext = Context<typeof contract.sites.list>;
type Query = ListContext['query'];

function filters({ search, hostId, listId, preset }: Query): Prisma.SiteWhereInput {
  return {
    archivedAt: null,
    ...(preset ? { preset } : {}),
    ...(hostId ? { targets: { some: { target: { hostId } } } } : {}),
    ...(listId ? { lists: { some: { listId } } } : {}),
    ...(search ? { OR: [{ name: { contains: search } }, { hostnames: { contains: search } }] } : {}),
  };
}

/** Rows after the cursor in the chosen order; ties are broken by the id. */
function after({ sort, cursor }: Query): Prisma.SiteWhereInput {
  if (!cursor) return {};
  const { key, id } = decodeCursor(cursor);
  const op = sort.startsWith('-') ? 'lt' : 'gt';
  if (sort === 'name' || sort === '-name') {
    return { OR: [{ name: { [op]: key } }, { name: key, id: { [op]: id } }] };
  }
  const at = new Date(key);
  if (Number.isNaN(at.getTime())) throw new AppError('bad-request', 'This cursor is from another list.');
  return { OR: [{ updatedAt: { [op]: at } }, { updatedAt: at, id: { [op]: id } }] };
}

const orderOf = ({ sort }: Query): Prisma.SiteOrderByWithRelationInput[] => {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  return [sort.endsWith('name') ? { name: direction } : { updatedAt: direction }, { id: direction }];
};

/**
 * Ids of the sites in one sync state, in order. That state compares a column of one table with one of another, which the query
 * builder cannot say; two flat reads of a few values per site are fast enough for ten thousand.
 */
async function idsInSync({ db, query }: ListContext, where: Prisma.SiteWhereInput): Promise<string[]> {
  const [sites, placements, isDrifted] = await Promise.all([
    db.site.findMany({ where, select: { id: true, head: true }, orderBy: orderOf(query) }),
    db.siteTarget.findMany({
      where: { target: { host: { archivedAt: null } } },
      select: { siteId: true, targetId: true, appliedRevision: true, removing: true },
    }),
    driftedPlacements(db),
  ]);
  const placed = bySite(placements.map((each) => ({ ...each, drifted: isDrifted(each) })));
  return sites
    .filter(({ id, head }) => siteSync(placed.get(id) ?? [], head) === query.sync)
    .map(({ id }) => id);
}

/** Which sites the page can be cut from, and how many there are in all. */
async function candidates(context: ListContext): Promise<{ total: number; where: Prisma.SiteWhereInput }> {
  const { db, query } = context;
  const where = filters(query);
  const rest = { AND: [where, after(query)] };
  if (!query.sync) return { total: await db.site.count({ where }), where: rest };
  const all = await idsInSync(context, where);
  const ids = query.cursor ? await idsInSync(context, rest) : all;
  return { total: all.length, where: { id: { in: ids.slice(0, query.limit + 1) } } };
}

/** Sites of the team by filter, in a chosen order, page by page. */
export const listSites: Handler<typeof contract.sites.list> = async (context) => {
  const { db, query } = context;
  const { total, where } = await candidates(context);
  const rows = await db.site.findMany({
    where,
    include: siteInclude,
    orderBy: orderOf(query),
    take: query.limit + 1,
  });
  const key = (row: (typeof rows)[number]) =>
    query.sort.endsWith('name') ? row.name : row.updatedAt.toISOString();
  const { items, next } = cutPage(rows, query.limit, key);
  return { items: await describeSites(db, items), next, total };
};
