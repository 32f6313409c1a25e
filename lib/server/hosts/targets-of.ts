import 'server-only';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';

export interface CountedTarget {
  readonly id: string;
  readonly hostId: string;
  readonly server: string;
  readonly sites: number;
  /** Of them, how many do not run there as they were last saved. Those that were changed by hand are drifted, which is told apart. */
  readonly outOfSync: number;
}

/** The targets of some of a team's hosts, by the host's id, with how many sites each has. */
export async function targetsOf(
  teamId: string,
  hostIds: readonly string[],
): Promise<ReadonlyMap<string, readonly CountedTarget[]>> {
  const found = new Map<string, CountedTarget[]>(hostIds.map((id) => [id, []]));
  if (hostIds.length === 0) return found;
  const rows = await readRows<CountedTarget>(
    teamId,
    Prisma.sql`
    SELECT t."id", t."hostId", t."server", count(s."id") AS "sites", count(CASE WHEN
      (p."removing" OR p."appliedRevision" IS NOT s."head") AND NOT EXISTS (
        SELECT 1 FROM "DriftFile" d WHERE d."siteId" = p."siteId" AND d."targetId" = t."id" AND d."decision" IS NULL)
      THEN s."id" END) AS "outOfSync"
    FROM "Target" t LEFT JOIN "SiteTarget" p ON p."targetId" = t."id" LEFT JOIN "Site" s ON s."id" = p."siteId" AND s."archivedAt" IS NULL
    WHERE t."hostId" IN (${Prisma.join([...hostIds])}) GROUP BY t."id" ORDER BY t."server"`,
  );
  for (const row of rows) {
    found.get(row.hostId)?.push({ ...row, sites: Number(row.sites), outOfSync: Number(row.outOfSync) });
  }
  return found;
}
