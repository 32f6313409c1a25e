import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { storedDocument } from '../stored-document';
import { findTemplate } from './find-template';

/** Deletes a template. Sites that were made from it stay; the answer holds what creates it again. */
export const removeTemplate: Handler<typeof contract.templates.remove> = ({ params, change }) =>
  change(async (tx) => {
    const row = await findTemplate(tx, params.id);
    await tx.siteTemplate.delete({ where: { id: row.id } });
    const { id, name, description } = row;
    return {
      value: { name, description, document: storedDocument(row.document) },
      audit: { subject: `template ${name}`, subjectId: id },
    };
  });
