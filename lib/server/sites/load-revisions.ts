import 'server-only';
import type { Site } from '#core/site/schema';
import { chunks } from '../platform/database/chunks';
import type { ReadDb } from '../platform/database/db';
import { storedDocument } from './stored-document';

/** One revision of one site. */
export interface RevisionRef {
  readonly siteId: string;
  readonly number: number;
}

/**
 * Documents of many revisions in a few statements. The answer finds one of them and throws where it is missing: a revision that is gone must never
 * look like a site that is to be removed.
 */
export async function loadRevisions(
  db: ReadDb,
  wanted: readonly RevisionRef[],
): Promise<(siteId: string, number: number) => Site> {
  const documents = new Map<string, Site>();
  // Two values for each.
  for (const some of chunks(wanted, 200)) {
    const OR = some.map(({ siteId, number }) => ({ siteId, number }));
    for (const row of await db.siteRevision.findMany({ where: { OR } }))
      documents.set(`${row.siteId} ${row.number}`, storedDocument(row.document));
  }
  return (siteId, number) => {
    const document = documents.get(`${siteId} ${number}`);
    if (!document) throw new Error(`revision ${number} of site ${siteId} is missing`);
    return document;
  };
}
