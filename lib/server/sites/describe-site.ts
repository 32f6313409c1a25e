import 'server-only';
import type { z } from 'zod';
import type { SiteDetail } from '#api/contract/sites';
import type { ReadDb, WriteDb } from '../db';
import { notFound } from '../errors/app-error';
import { describeSites } from './describe-sites';
import { storedDocument } from './stored-document';

/** One site with the document of its head. @throws AppError `not-found` */
export async function describeSite(db: ReadDb | WriteDb, id: string): Promise<z.input<typeof SiteDetail>> {
  const row = await db.site.findFirst({ where: { id, archivedAt: null } });
  const [summary] = row ? await describeSites([row]) : [];
  if (!row || !summary) throw notFound('site');
  const revision = await db.siteRevision.findUniqueOrThrow({
    where: { siteId_number: { siteId: row.id, number: row.head } },
  });
  return { ...summary, document: storedDocument(revision.document) };
}
