import 'server-only';
import { checkSite } from '#core/rules/check-site';
import type { Site } from '#core/site/schema';
import { templateOf } from '#core/site/site-template';
import type { WriteDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';
import { storedDocument } from '../stored-document';

interface Source {
  readonly siteId?: string | undefined;
  readonly document?: Site | undefined;
}

/**
 * The settings that a template takes over, of a site of the team or of a document; `null` where neither is named.
 *
 * @returns `from`: what it was made of, in words for the record
 * @throws AppError `not-found` for the site, `invalid` for the document
 */
export async function templateDocument(
  tx: WriteDb,
  { siteId, document }: Source,
): Promise<{ document: Site; from: string } | null> {
  if (siteId !== undefined) {
    const site = await tx.site.findFirst({ where: { id: siteId, archivedAt: null } });
    if (!site) throw notFound('site');
    const head = await tx.siteRevision.findUniqueOrThrow({
      where: { siteId_number: { siteId, number: site.head } },
    });
    return { document: templateOf(storedDocument(head.document)), from: `site ${site.name}` };
  }
  if (document === undefined) return null;
  const template = templateOf(document);
  const issues = checkSite(template)
    .filter(({ severity }) => severity === 'error')
    .map((found) => ({ ...found, path: ['document', ...found.path] }));
  if (issues.length > 0) throw new AppError('invalid', 'No site could be made from this.', { issues });
  return { document: template, from: 'a document' };
}
