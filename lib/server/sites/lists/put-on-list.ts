import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { inBatches } from '../../platform/database/in-batches';
import { notFound } from '../../platform/errors/app-error';

/**
 * Puts sites of the team on a list; those that are on it stay there.
 *
 * @returns how many came on it
 * @throws AppError `not-found` for a site that is not the team's, before anything is written
 */
export async function putOnList(tx: WriteDb, listId: string, siteIds: readonly string[]): Promise<number> {
  const wanted = [...new Set(siteIds)];
  const known = await inBatches(wanted, (ids) =>
    tx.site.findMany({ where: { id: { in: ids }, archivedAt: null }, select: { id: true } }),
  );
  if (known.length < wanted.length) throw notFound('site');
  const there = await tx.listSite.findMany({ where: { listId }, select: { siteId: true } });
  const on = new Set(there.map(({ siteId }) => siteId));
  const missing = wanted.filter((id) => !on.has(id));
  await inBatches(missing, async (ids) => {
    await tx.listSite.createMany({ data: ids.map((siteId) => ({ listId, siteId })) });
    return [];
  });
  return missing.length;
}
