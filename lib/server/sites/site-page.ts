import 'server-only';
import type { z } from 'zod';
import type { SitesQuery } from '#api/contract/sites';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../db';
import { AppError } from '../errors/app-error';
import { decodeCursor } from '../page-cursor';
import { anywhere } from '../text-pattern';

type Query = z.output<typeof SitesQuery>;
const { sql, empty } = Prisma;

/** Targets of hosts that are gone: mostly none, so it is asked once and not for each site. */
const gone = sql`
  (SELECT t."id" FROM "Target" t JOIN "Host" h ON h."id" = t."hostId" WHERE h."archivedAt" IS NOT NULL)`;
const changedByHand = sql`
  (SELECT d."siteId", d."targetId" FROM "DriftFile" d WHERE d."decision" IS NULL AND d."siteId" IS NOT NULL)`;

/** The same as `siteSync`, for all rows at once. */
function inSync(sync: NonNullable<Query['sync']>): Prisma.Sql {
  const placed = (more: Prisma.Sql) => sql`EXISTS (SELECT 1 FROM "SiteTarget" p
    WHERE p."siteId" = s."id" AND p."targetId" NOT IN ${gone} ${more})`;
  const drifted = placed(sql`AND (p."siteId", p."targetId") IN ${changedByHand}`);
  const behind = placed(sql`AND (p."removing" OR p."appliedRevision" IS NOT s."head")`);
  const conditions = {
    unknown: sql`NOT ${placed(empty)}`,
    drifted,
    'out-of-sync': sql`${behind} AND NOT ${drifted}`,
    'in-sync': sql`${placed(empty)} AND NOT ${behind} AND NOT ${drifted}`,
  };
  return sql`AND ${conditions[sync]}`;
}

function filters({ search, hostId, listId, preset, sync }: Query): Prisma.Sql {
  return Prisma.join(
    [
      sql`s."archivedAt" IS NULL`,
      preset ? sql`AND s."preset" = ${preset}` : empty,
      hostId
        ? sql`AND s."id" IN (SELECT p."siteId" FROM "SiteTarget" p JOIN "Target" t ON t."id" = p."targetId"
            WHERE t."hostId" = ${hostId})`
        : empty,
      listId ? sql`AND s."id" IN (SELECT o."siteId" FROM "ListSite" o WHERE o."listId" = ${listId})` : empty,
      search
        ? sql`AND (s."name" LIKE ${anywhere(search)} ESCAPE '\\' OR s."hostnames" LIKE ${anywhere(search)} ESCAPE '\\')`
        : empty,
      sync ? inSync(sync) : empty,
    ],
    ' ',
  );
}

const orders = {
  name: { column: sql`s."name"`, direction: sql`ASC`, after: sql`>` },
  '-name': { column: sql`s."name"`, direction: sql`DESC`, after: sql`<` },
  updatedAt: { column: sql`s."updatedAt"`, direction: sql`ASC`, after: sql`>` },
  '-updatedAt': { column: sql`s."updatedAt"`, direction: sql`DESC`, after: sql`<` },
};

/** Rows after the cursor in the chosen order; ties are broken by the id. */
function beyond({ sort, cursor }: Query): Prisma.Sql {
  if (!cursor) return empty;
  const { column, after } = orders[sort];
  const { key, id } = decodeCursor(cursor);
  const from = sort.endsWith('name') ? key : new Date(key);
  if (from instanceof Date && Number.isNaN(from.getTime()))
    throw new AppError('bad-request', 'This cursor is from another list.');
  return sql`AND (${column}, s."id") ${after} (${from}, ${id})`;
}

/**
 * Ids of one page of a team's sites, with one more than the page holds where there are more, and how many the filter finds in all. In SQL of its own: the
 * query builder cannot compare columns of two tables, and goes through every site of the team for each filter by another table.
 *
 * @throws AppError `bad-request` for a cursor of another list
 */
export async function sitePage(teamId: string, query: Query): Promise<{ ids: string[]; total: number }> {
  const where = filters(query);
  const { column, direction } = orders[query.sort];
  const rows = await readRows<{ id: string }>(
    teamId,
    sql`
    SELECT s."id" FROM "Site" s WHERE ${where} ${beyond(query)}
    ORDER BY ${column} ${direction}, s."id" ${direction} LIMIT ${query.limit + 1}`,
  );
  const ids = rows.map(({ id }) => id);
  // A first page that is not full is all there is.
  if (!query.cursor && ids.length <= query.limit) return { ids, total: ids.length };
  const [counted] = await readRows<{ total: bigint | number }>(
    teamId,
    sql`SELECT count(*) AS "total" FROM "Site" s WHERE ${where}`,
  );
  return { ids, total: Number(counted?.total) };
}
