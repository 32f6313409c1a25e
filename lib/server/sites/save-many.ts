import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Site } from '#core/site/schema';
import type { WriteDb } from '../platform/database/db';
import { inBatches } from '../platform/database/in-batches';
import { placeSite } from './place-site';
import { siteColumns } from './site-columns';

export interface SiteToSave {
  /** `null` for a new one. */
  readonly site: { readonly id: string; readonly head: number } | null;
  readonly document: Site;
  readonly targetIds: readonly string[];
  /** Whether it should run elsewhere than before. */
  readonly moved: boolean;
}

/** Who saves, in which team, and what is said about it in every revision. */
export interface Saving {
  readonly teamId: string;
  readonly authorId: string;
  readonly message: string;
}

/**
 * Saves many sites as new revisions, in the caller's transaction. What prevents it was checked before (`checkMany`).
 *
 * @returns id of each site and the number of its new revision, in the order given
 */
export async function saveMany(
  tx: WriteDb,
  { teamId, authorId, message }: Saving,
  sites: readonly SiteToSave[],
): Promise<{ id: string; revision: number }[]> {
  const numbered = sites.map((each) => ({
    ...each,
    id: each.site?.id ?? randomUUID(),
    revision: (each.site?.head ?? 0) + 1,
  }));
  await inBatches(numbered, async (slice) => {
    const made = slice.filter(({ site }) => site === null);
    if (made.length > 0) {
      await tx.site.createMany({
        data: made.map(({ id, document }) => ({ ...siteColumns(document), id, teamId, head: 1 })),
      });
      const placed = made.flatMap(({ id, targetIds }) =>
        [...new Set(targetIds)].map((targetId) => ({ siteId: id, targetId })),
      );
      if (placed.length > 0) await tx.siteTarget.createMany({ data: placed });
    }
    await tx.siteRevision.createMany({
      data: slice.map(({ id, revision, document }) => ({
        siteId: id,
        number: revision,
        document,
        message,
        authorId,
      })),
    });
    for (const { id, site, revision, document, targetIds, moved } of slice) {
      if (site === null) continue;
      await tx.site.update({ where: { id }, data: { ...siteColumns(document), head: revision } });
      if (moved) await placeSite(tx, id, targetIds);
    }
    return [];
  });
  return numbered.map(({ id, revision }) => ({ id, revision }));
}
