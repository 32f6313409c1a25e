import 'server-only';
import type { Site } from '#core/site/schema';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';
import { notFound } from '../platform/errors/app-error';
import type { SiteRow } from './describe-sites';
import { storedDocument } from './stored-document';

export interface HeadSite extends SiteRow {
  /** Of the head. */
  readonly document: Site;
}

/** A site of the team with the document of its head, in one statement, since every look at one and every save asks it. @throws AppError `not-found` */
export async function headSite(teamId: string, id: string): Promise<HeadSite> {
  const [row] = await readRows<SiteRow & { readonly document: unknown }>(
    teamId,
    Prisma.sql`
    SELECT s."id", s."teamId", s."name", s."preset", s."hostnames", s."publicUrl", s."head", s."updatedAt", r."document"
    FROM "Site" s LEFT JOIN "SiteRevision" r ON r."siteId" = s."id" AND r."number" = s."head"
    WHERE s."id" = ${id} AND s."archivedAt" IS NULL`,
  );
  if (!row) throw notFound('site');
  return { ...row, document: storedDocument(row.document) };
}
