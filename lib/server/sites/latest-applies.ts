import 'server-only';
import type { ReadDb, WriteDb } from '../db';

const batch = 200;
const mostBatches = 5;

/** The newest apply that each site took part in. Looks back over the last thousand applies. */
export async function latestApplies(db: ReadDb | WriteDb, siteIds: readonly string[]) {
  const open = new Set(siteIds);
  const ofSites = { some: { siteId: { in: [...siteIds] } } };
  const found = new Map<
    string,
    { id: string; status: string; at: string; by: { id: string; name: string; email: string } | null }
  >();
  for (let round = 0; round < mostBatches && open.size > 0; round += 1) {
    const applies = await db.apply.findMany({
      where: { plan: { sites: ofSites } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      skip: round * batch,
      take: batch,
      select: {
        id: true,
        status: true,
        createdAt: true,
        requestedBy: { select: { id: true, name: true, email: true } },
        plan: { select: { sites: { select: { siteId: true } } } },
      },
    });
    for (const { id, status, createdAt, requestedBy, plan } of applies) {
      for (const { siteId } of plan.sites) {
        if (open.delete(siteId))
          found.set(siteId, { id, status, at: createdAt.toISOString(), by: requestedBy });
      }
    }
    if (applies.length < batch) break;
  }
  return found;
}
