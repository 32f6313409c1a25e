import 'server-only';
import type { Site } from '#core/site/schema';
import type { ReadDb, WriteDb } from '../platform/database/db';
import { inBatches } from '../platform/database/in-batches';
import { storedDocument } from './stored-document';

export interface HeadRevision {
  readonly document: Site;
  readonly number: number;
  readonly message: string;
  readonly createdAt: Date;
  readonly author: { readonly name: string; readonly email: string } | null;
}

/** The newest revision of each site, by the site's id. */
export async function headRevisions(
  db: ReadDb | WriteDb,
  sites: readonly { readonly id: string; readonly head: number }[],
): Promise<ReadonlyMap<string, HeadRevision>> {
  const rows = await inBatches(sites, (slice) =>
    db.siteRevision.findMany({
      where: { OR: slice.map(({ id, head }) => ({ siteId: id, number: head })) },
      include: { author: { select: { name: true, email: true } } },
    }),
  );
  return new Map(
    rows.map(({ siteId, document, number, message, createdAt, author }) => [
      siteId,
      { document: storedDocument(document), number, message, createdAt, author },
    ]),
  );
}
