import 'server-only';
import type { z } from 'zod';
import type { HostsQuery } from '#api/contract/host-lists';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';
import { decodeCursor } from '../platform/database/page-cursor';
import { anywhere } from '../platform/database/text-pattern';
import { type HostColumns, hostColumns } from './host-columns';

type Query = z.output<typeof HostsQuery>;
const { sql, empty } = Prisma;

export interface HostRow extends HostColumns {
  readonly address: string;
  readonly port: bigint | number;
  readonly user: string;
  readonly login: string;
  readonly hostKeyType: string | null;
  readonly seenKeyType: string | null;
  readonly jumpHostId: string | null;
  readonly jumpHostName: string | null;
  readonly checkedAt: Date | null;
  readonly lastSeenAt: Date | null;
  readonly createdAt: Date;
}

function filters({ search, groupId }: Query): Prisma.Sql {
  const pattern = search && anywhere(search);
  const found = sql`AND (h."name" LIKE ${pattern} ESCAPE '\\' OR h."address" LIKE ${pattern} ESCAPE '\\')`;
  const inGroup = groupId === 'none' ? sql`AND h."groupId" IS NULL` : sql`AND h."groupId" = ${groupId}`;
  return sql`h."archivedAt" IS NULL ${search ? found : empty} ${groupId ? inGroup : empty}`;
}

/**
 * One page of a team's hosts by name, with one more than the page holds where there are more, and how many the filter finds in all.
 *
 * @throws AppError `bad-request` for a cursor that is none
 */
export async function hostPage(teamId: string, query: Query): Promise<{ rows: HostRow[]; total: number }> {
  const where = filters(query);
  const after = query.cursor ? decodeCursor(query.cursor) : null;
  const rows = await readRows<HostRow>(
    teamId,
    sql`
    SELECT ${hostColumns}, h."address", h."port", h."user", h."login", h."hostKeyType", h."seenKeyType", h."jumpHostId",
      (SELECT j."name" FROM "Host" j WHERE j."id" = h."jumpHostId") AS "jumpHostName", h."checkedAt", h."lastSeenAt", h."createdAt"
    FROM "Host" h WHERE ${where} ${after ? sql`AND (h."name", h."id") > (${after.key}, ${after.id})` : empty}
    ORDER BY h."name", h."id" LIMIT ${query.limit + 1}`,
  );
  // A first page that is not full is all there is.
  if (!after && rows.length <= query.limit) return { rows, total: rows.length };
  const [counted] = await readRows<{ total: bigint | number }>(
    teamId,
    sql`SELECT count(*) AS "total" FROM "Host" h WHERE ${where}`,
  );
  return { rows, total: Number(counted?.total) };
}
