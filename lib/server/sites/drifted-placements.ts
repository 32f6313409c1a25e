import 'server-only';
import type { ReadDb, WriteDb } from '../db';

interface Placement {
  readonly siteId: string;
  readonly targetId: string;
}

/**
 * Which placements have files that were changed by hand and wait for a decision. What sites share belongs to the host, not to them.
 *
 * @param siteIds only these; all sites of the team when absent
 */
export async function driftedPlacements(
  db: ReadDb | WriteDb,
  siteIds?: readonly string[],
): Promise<(placement: Placement) => boolean> {
  const rows = await db.driftFile.findMany({
    where: { decision: null, siteId: siteIds ? { in: [...siteIds] } : { not: null } },
    select: { siteId: true, targetId: true },
    distinct: ['siteId', 'targetId'],
  });
  const drifted = new Set(rows.map(({ siteId, targetId }) => `${siteId} ${targetId}`));
  return ({ siteId, targetId }) => drifted.has(`${siteId} ${targetId}`);
}
