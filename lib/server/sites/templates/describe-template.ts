import 'server-only';
import type { z } from 'zod';
import type { Template, TemplateDetail } from '#api/contract/templates';
import type { SiteTemplate } from '../../../generated/prisma/client';
import { storedDocument } from '../stored-document';

/** The time of the last change: no two changes of a template have the same. */
export const versionOf = ({ updatedAt }: Pick<SiteTemplate, 'updatedAt'>): string => updatedAt.toISOString();

export function describeTemplate(row: SiteTemplate): z.input<typeof TemplateDetail> {
  const { id, name, description, createdAt, updatedAt } = row;
  const document = storedDocument(row.document);
  return {
    id,
    name,
    description,
    preset: document.preset,
    version: versionOf(row),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    document,
  };
}

/** The same without the document: what a list shows. */
export function summariseTemplate(row: SiteTemplate): z.input<typeof Template> {
  const { document: _, ...summary } = describeTemplate(row);
  return summary;
}
