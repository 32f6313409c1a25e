import 'server-only';
import type { z } from 'zod';
import type { SitesQuery } from '#api/contract/sites';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';
import { decodeCursor } from '../platform/database/page-cursor';
import { anywhere } from '../platform/database/text-pattern';
import { AppError } from '../platform/errors/app-error';
import type { SiteRow } from './describe-sites';

type Query = z.output<typeof SitesQuery>;
const { sql, empty } = Prisma;

/** Targets of hosts that are gone: mostly none, so it is asked once and not for each site. */
const gone = sql`
  (SELECT t."id" FROM "Target" t JOIN "Host" h ON h."id" = t."hostId" WHERE h."archivedAt" IS NOT NULL)`;
const changedByHand = sql`
  (SELECT d."siteId", d."targetId" FROM "DriftFile" d WHERE d."decision" IS NULL AND d."siteId" IS NOT NULL)`;

/** The same as `siteSync`, for all rows at once: by the worst of a site's placements. Over each of them once, since most sites are placed once. */
function inSync(sync: NonNullable<Query['sync']>): Prisma.Sql {
  // 1 for what never ran, 2 for another revision: several targets of both kinds are out of sync, all of the first kind are new.
  const worst = sql`(
    SELECT CASE WHEN max(n) = 2 OR (max(n) = 1 AND min(n) = 0) THEN 2 ELSE max(n) END FROM (
      SELECT CASE WHEN (p."siteId", p."targetId") IN ${changedByHand} THEN 3
        WHEN p."appliedRevision" IS NULL AND NOT p."removing" THEN 1
        WHEN p."removing" OR p."appliedRevision" IS NOT s."head" THEN 2 ELSE 0 END AS n
      FROM "SiteTarget" p WHERE p."siteId" = s."id" AND p."targetId" NOT IN ${gone}))`;
  if (sync === 'behind') return sql`AND ${worst} > 0`;
  const wanted = { unknown: null, 'in-sync': 0, new: 1, 'out-of-sync': 2, drifted: 3 };
  return sql`AND ${worst} IS ${wanted[sync]}`;
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
        ? // Both at once, with a line between them that no search can span.
          sql`AND (s."name" || char(10) || s."hostnames") LIKE ${anywhere(search)} ESCAPE '\\'`
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

/** One page of a list of sites. */
interface SitePage {
  /** With one more than the page holds where there are more. */
  readonly rows: readonly SiteRow[];
  /** How many the filter finds in all. */
  readonly total: number;
}

/**
 * One page of a team's sites. In SQL of its own: the query builder cannot compare columns of two tables, and goes through every site of the team for
 * each filter by another table.
 *
 * @throws AppError `bad-request` for a cursor of another list
 */
export async function sitePage(teamId: string, query: Query): Promise<SitePage> {
  const where = filters(query);
  const { column, direction } = orders[query.sort];
  // What has to look at every site to know how many it finds does so once, while it looks for the first page. (Where nearly all are found, as by sync state,
  // keeping them until the end costs more.)
  const counting = !query.cursor && Boolean(query.search || query.preset);
  const rows = await readRows<SiteRow & { readonly total: bigint | number | null }>(
    teamId,
    sql`
    SELECT s."id", s."teamId", s."name", s."preset", s."hostnames", s."publicUrl", s."head", s."updatedAt", n."total"
    FROM (
      SELECT s."id", ${counting ? sql`count(*) OVER ()` : sql`NULL`} AS "total" FROM "Site" s WHERE ${where} ${beyond(query)}
      ORDER BY ${column} ${direction}, s."id" ${direction} LIMIT ${query.limit + 1}
    ) n JOIN "Site" s ON s."id" = n."id" ORDER BY ${column} ${direction}, s."id" ${direction}`,
  );
  // A first page that is not full is all there is.
  if (!query.cursor && rows.length <= query.limit) return { rows, total: rows.length };
  const known = rows[0]?.total ?? null;
  if (known !== null) return { rows, total: Number(known) };
  const [counted] = await readRows<{ total: bigint | number }>(
    teamId,
    sql`SELECT count(*) AS "total" FROM "Site" s WHERE ${where}`,
  );
  return { rows, total: Number(counted?.total) };
}
