import 'server-only';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../db';

/** The newest apply that each site took part in. The sites must have been read through their team's own client. */
export async function latestApplies(siteIds: readonly string[]) {
  if (siteIds.length === 0) return new Map<string, never>();
  // SQLite takes the other columns of a group from the row with its greatest value.
  const rows = await readRows<{
    siteId: string;
    id: string;
    status: string;
    at: string;
    userId: string | null;
    name: string;
    email: string;
  }>(Prisma.sql`
    SELECT n."siteId", n."id", n."status", n."at", u."id" AS "userId", u."name", u."email"
    FROM (
      SELECT p."siteId", a."id", a."status", a."requestedById", max(a."createdAt") AS "at"
      FROM "PlanSite" p JOIN "Apply" a ON a."planId" = p."planId"
      WHERE p."siteId" IN (${Prisma.join([...siteIds])}) GROUP BY p."siteId"
    ) n LEFT JOIN "User" u ON u."id" = n."requestedById"`);
  return new Map(
    rows.map(({ siteId, id, status, at, userId, name, email }) => {
      const by = userId === null ? null : { id: userId, name, email };
      return [siteId, { id, status, at: new Date(at).toISOString(), by }];
    }),
  );
}
