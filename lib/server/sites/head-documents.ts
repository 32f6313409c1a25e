import 'server-only';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { inBatches } from '../platform/database/in-batches';

/** The newest document of each site as it is stored, by the site's id: for who reads many of them elsewhere than on the event loop. */
export async function headDocuments(
  db: ReadDb | WriteDb,
  sites: readonly { readonly id: string; readonly head: number }[],
): Promise<ReadonlyMap<string, unknown>> {
  const rows = await inBatches(sites, (slice) =>
    db.siteRevision.findMany({
      where: { OR: slice.map(({ id, head }) => ({ siteId: id, number: head })) },
      select: { siteId: true, document: true },
    }),
  );
  return new Map(rows.map(({ siteId, document }) => [siteId, document]));
}
