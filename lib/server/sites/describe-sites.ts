import 'server-only';
import type { z } from 'zod';
import type { SiteSummary } from '#api/contract/sites';
import { ServerKind } from '#core/servers/types';
import { PresetId } from '#core/site/schema';
import type { Prisma } from '../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../db';
import { bySite } from './by-site';
import { driftedPlacements } from './drifted-placements';
import { latestApplies } from './latest-applies';
import { certificateExpiry, healthOf, latestProbes } from './latest-probes';
import { splitNames } from './site-columns';
import { siteSync, targetSync } from './site-sync';

/** What `describeSites` has to be given. */
export const siteInclude = {
  targets: {
    where: { target: { host: { archivedAt: null } } },
    include: { target: { select: { server: true, host: { select: { id: true, name: true } } } } },
    orderBy: { target: { host: { name: 'asc' } } },
  },
  lists: { select: { list: { select: { id: true, name: true } } } },
} as const satisfies Prisma.SiteInclude;
type Row = Prisma.SiteGetPayload<{ include: typeof siteInclude }>;

/** Sites for the screens: a fixed number of queries, however many there are. */
export async function describeSites(
  db: ReadDb | WriteDb,
  rows: readonly Row[],
): Promise<z.input<typeof SiteSummary>[]> {
  const ids = rows.map(({ id }) => id);
  const probes = bySite(await latestProbes(ids));
  const applies = await latestApplies(ids);
  const isDrifted = await driftedPlacements(db, ids);
  return rows.map((row) => {
    const placements = row.targets.map((each) => ({ ...each, drifted: isDrifted(each) }));
    const seen = probes.get(row.id) ?? [];
    return {
      id: row.id,
      name: row.name,
      preset: PresetId.parse(row.preset),
      hostnames: splitNames(row.hostnames),
      publicUrl: row.publicUrl,
      head: row.head,
      sync: siteSync(placements, row.head),
      health: healthOf(seen),
      certificateExpiresAt: certificateExpiry(seen),
      targets: placements.map((placement) => ({
        targetId: placement.targetId,
        hostId: placement.target.host.id,
        hostName: placement.target.host.name,
        server: ServerKind.parse(placement.target.server),
        appliedRevision: placement.appliedRevision,
        appliedAt: placement.appliedAt?.toISOString() ?? null,
        sync: targetSync(placement, row.head),
        removing: placement.removing,
      })),
      lists: row.lists.map(({ list }) => list),
      lastApply: applies.get(row.id) ?? null,
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}
