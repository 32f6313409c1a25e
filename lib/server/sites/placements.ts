import 'server-only';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';

const { sql, join } = Prisma;

export interface Placement {
  readonly siteId: string;
  readonly targetId: string;
  readonly appliedRevision: number | null;
  readonly appliedAt: Date | null;
  readonly removing: boolean;
  readonly heldHead: number | null;
  readonly heldByApplyId: string | null;
  readonly heldAt: Date | null;
  readonly heldById: string | null;
  readonly heldByName: string | null;
  readonly heldByEmail: string | null;
  readonly server: string;
  readonly hostId: string;
  readonly hostName: string;
  /** When the host's files were compared last; `null`: never. */
  readonly comparedAt: Date | null;
  /** A file of the site there was changed by hand, and nobody has decided about it. */
  readonly drifted: boolean;
}

/** Where each of a team's sites is to run or still runs, by the host's name. Hosts that are gone do not count. */
export async function placementsOf(teamId: string, siteIds: readonly string[]): Promise<Placement[]> {
  const rows = await readRows<Omit<Placement, 'drifted'> & { drifted: bigint | number }>(
    teamId,
    sql`
    SELECT p."siteId", p."targetId", p."appliedRevision", p."appliedAt", p."removing", p."heldHead", p."heldByApplyId", p."heldAt",
      a."id" AS "heldById", a."name" AS "heldByName", a."email" AS "heldByEmail", t."server", h."id" AS "hostId", h."name" AS "hostName", h."driftCheckedAt" AS "comparedAt",
      EXISTS (SELECT 1 FROM "DriftFile" d WHERE d."siteId" = p."siteId" AND d."targetId" = p."targetId" AND d."decision" IS NULL) AS "drifted"
    FROM "SiteTarget" p JOIN "Target" t ON t."id" = p."targetId" JOIN "Host" h ON h."id" = t."hostId"
      LEFT JOIN "ApplyAuthor" a ON a."applyId" = p."heldByApplyId"
    WHERE p."siteId" IN (${join([...siteIds])}) AND h."archivedAt" IS NULL ORDER BY h."name"`,
  );
  return rows.map((row) => ({ ...row, drifted: Number(row.drifted) === 1 }));
}

/** The team's own lists that each of its sites is on. */
export const listsOf = (teamId: string, siteIds: readonly string[]) =>
  readRows<{ siteId: string; id: string; name: string }>(
    teamId,
    sql`
    SELECT o."siteId", l."id", l."name" FROM "ListSite" o JOIN "List" l ON l."id" = o."listId"
    WHERE o."siteId" IN (${join([...siteIds])})`,
  );
