import 'server-only';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';

/** The newest apply that each of a team's sites took part in. */
export async function latestApplies(teamId: string, siteIds: readonly string[]) {
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
  }>(
    teamId,
    Prisma.sql`
    SELECT n."siteId", n."id", n."status", n."at", 
      (SELECT u."id" FROM "ApplyAuthor" u WHERE u."applyId" = n."id") AS "userId",
      (SELECT u."name" FROM "ApplyAuthor" u WHERE u."applyId" = n."id") AS "name",
      (SELECT u."email" FROM "ApplyAuthor" u WHERE u."applyId" = n."id") AS "email"
    FROM (
      SELECT p."siteId", a."id", a."status", max(a."createdAt") AS "at"
      FROM "PlanSite" p JOIN "Apply" a ON a."planId" = p."planId"
      WHERE p."siteId" IN (${Prisma.join([...siteIds])}) GROUP BY p."siteId"
    ) n`,
  );
  return new Map(
    rows.map(({ siteId, id, status, at, userId, name, email }) => {
      const by = userId === null ? null : { id: userId, name, email };
      return [siteId, { id, status, at: new Date(at).toISOString(), by }];
    }),
  );
}
