import 'server-only';
import type { ActivityFilter } from '#api/contract/activity';
import { Prisma } from '../../../generated/prisma/client';
import { readRows } from '../../platform/database/db';
import { decodeCursor } from '../../platform/database/page-cursor';

const { sql, empty } = Prisma;
/** The index knows parts of three characters. */
const shortest = 3;
/** More are not counted: that takes longer than finding those that are shown. */
const mostCounted = 10_000;

/** Whether the index can find this text. */
export const isIndexed = (text: string | undefined): text is string =>
  [...(text?.trim() ?? '')].length >= shortest;

/** The filter without its text. */
function conditions({ actor, event, subjectId, from, to }: ActivityFilter): Prisma.Sql {
  return Prisma.join(
    [
      sql`1`,
      actor === undefined ? empty : sql`AND a."actorId" IS ${actor === 'dashboard' ? null : actor}`,
      event === undefined
        ? empty
        : event.includes('.')
          ? sql`AND a."event" = ${event}`
          : sql`AND a."event" >= ${`${event}.`} AND a."event" < ${`${event}/`}`,
      subjectId === undefined ? empty : sql`AND a."subjectId" = ${subjectId}`,
      from === undefined ? empty : sql`AND a."at" >= ${new Date(from)}`,
      to === undefined ? empty : sql`AND a."at" < ${new Date(to)}`,
    ],
    ' ',
  );
}

/** How many rows a filter without a text finds. The query builder counts through a subquery, which takes twice as long. */
export async function countActivity(teamId: string, filter: ActivityFilter): Promise<number> {
  const [counted] = await readRows<{ total: bigint | number }>(
    teamId,
    sql`SELECT count(*) AS "total" FROM "Activity" a WHERE ${conditions(filter)}`,
  );
  return Number(counted?.total);
}

interface Search extends ActivityFilter {
  readonly text: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/**
 * Ids of the rows that hold the text, newest first, with one more than the page holds where there are more, and how many there are up to ten thousand.
 * Rows from before there was a chain are not in the index and are gone through.
 *
 * @throws AppError `bad-request` for a cursor that is none
 */
export async function searchActivity(
  teamId: string,
  query: Search,
): Promise<{ ids: string[]; total: number }> {
  const { cursor, limit } = query;
  const text = query.text.trim();
  const phrase = `"${text.replaceAll('"', '""')}"`;
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const narrowed = conditions(query);
  const last = cursor ? decodeCursor(cursor) : null;
  const lastPlace = sql`(SELECT l."sequence" FROM "Activity" l WHERE l."id" = ${last?.id ?? null})`;
  const chained = (after: Prisma.Sql, most: number) => sql`
    SELECT a."id" FROM "ActivityWords" w CROSS JOIN "Activity" a ON a."sequence" = w."rowid"
    WHERE w."words" MATCH ${phrase} AND ${narrowed} ${after} ORDER BY w."rowid" DESC LIMIT ${most}`;
  const earlier = (after: Prisma.Sql, most: number) => sql`
    SELECT a."id" FROM "Activity" a WHERE a."sequence" IS NULL AND ${narrowed} AND (
      a."subject" LIKE ${pattern} ESCAPE '\\' OR a."actorLabel" LIKE ${pattern} ESCAPE '\\' OR a."address" LIKE ${pattern} ESCAPE '\\'
    ) ${after} ORDER BY a."at" DESC, a."id" DESC LIMIT ${most}`;

  const wanted = limit + 1;
  const rows = await readRows<{ id: string }>(
    teamId,
    chained(last ? sql`AND w."rowid" < ${lastPlace}` : empty, wanted),
  );
  if (rows.length < wanted) {
    const after = last
      ? sql`AND (${lastPlace} IS NOT NULL OR (a."at", a."id") < (${new Date(last.key)}, ${last.id}))`
      : empty;
    rows.push(...(await readRows<{ id: string }>(teamId, earlier(after, wanted - rows.length))));
  }
  const ids = rows.map(({ id }) => id);
  if (!last && ids.length < wanted) return { ids, total: ids.length };
  const [counted] = await readRows<{ total: bigint | number }>(
    teamId,
    sql`
    SELECT (SELECT count(*) FROM (${chained(empty, mostCounted)})) + (SELECT count(*) FROM (${earlier(empty, mostCounted)})) AS "total"`,
  );
  return { ids, total: Math.min(Number(counted?.total), mostCounted) };
}
