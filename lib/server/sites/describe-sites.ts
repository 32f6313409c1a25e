import 'server-only';
import type { z } from 'zod';
import type { SiteSummary, SiteTarget } from '#api/contract/sites';
import { PresetId } from '#core/site/schema';
import { ServerKind } from '#core/web-server/render-target';
import type { Site } from '../../generated/prisma/client';
import { bySite } from './by-site';
import { latestApplies } from './latest-applies';
import { listsOf, type Placement, placementsOf } from './placements';
import { splitNames } from './site-columns';
import { siteSync, targetSync } from './site-sync';
import { sitesHealth } from './sites-health';

/** Columns of a site that a list shows. */
export type SiteRow = Pick<
  Site,
  'id' | 'teamId' | 'name' | 'preset' | 'hostnames' | 'publicUrl' | 'head' | 'updatedAt'
>;

/** A hold counts for the head that was undone, and for no later one. */
function heldOf(placement: Placement, head: number): z.input<typeof SiteTarget>['held'] {
  const { heldHead, heldByApplyId, heldAt, heldById, heldByName, heldByEmail } = placement;
  if (heldHead === null || heldHead !== head || !heldAt || placement.removing) return null;
  const by = heldById ? { id: heldById, name: heldByName ?? '', email: heldByEmail ?? '' } : null;
  return { head, by, at: heldAt.toISOString(), applyId: heldByApplyId };
}

/** Sites of one team for the screens: a fixed number of queries, however many there are. */
export async function describeSites(rows: readonly SiteRow[]): Promise<z.input<typeof SiteSummary>[]> {
  const [first] = rows;
  if (!first) return [];
  const ids = rows.map(({ id }) => id);
  const probed = await sitesHealth(first.teamId, ids);
  const applies = await latestApplies(first.teamId, ids);
  const placed = bySite(await placementsOf(first.teamId, ids));
  const lists = bySite(await listsOf(first.teamId, ids));
  return rows.map((row) => {
    const placements = placed.get(row.id) ?? [];
    const seen = probed.get(row.id);
    return {
      id: row.id,
      name: row.name,
      preset: PresetId.parse(row.preset),
      hostnames: splitNames(row.hostnames),
      publicUrl: row.publicUrl,
      head: row.head,
      sync: siteSync(placements, row.head),
      syncSeenAt: oldest(placements.map(comparedAt)),
      health: seen?.health ?? 'unknown',
      healthSeen: seen?.seen ?? null,
      certificateExpiresAt: seen?.certificateExpiresAt ?? null,
      targets: placements.map((placement) => ({
        targetId: placement.targetId,
        hostId: placement.hostId,
        hostName: placement.hostName,
        server: ServerKind.parse(placement.server),
        appliedRevision: placement.appliedRevision,
        appliedAt: placement.appliedAt?.toISOString() ?? null,
        sync: targetSync(placement, row.head),
        comparedAt: comparedAt(placement)?.toISOString() ?? null,
        removing: placement.removing,
        held: heldOf(placement, row.head),
      })),
      lists: (lists.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
      lastApply: applies.get(row.id) ?? null,
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

/** What we wrote ourselves was compared while it was written. */
function comparedAt({ comparedAt, appliedAt }: Placement): Date | null {
  if (!comparedAt || !appliedAt) return comparedAt ?? appliedAt;
  return comparedAt > appliedAt ? comparedAt : appliedAt;
}

/** Of nothing, or where one of them was never compared, nothing. */
function oldest(times: readonly (Date | null)[]): string | null {
  const known = times.flatMap((time) => time ?? []).sort((a, b) => a.getTime() - b.getTime());
  return known.length === times.length ? (known[0]?.toISOString() ?? null) : null;
}
