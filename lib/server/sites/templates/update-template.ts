import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { storedDocument } from '../stored-document';
import { assertTemplateNameFree } from './assert-template-name-free';
import { describeTemplate, versionOf } from './describe-template';
import { findTemplate } from './find-template';
import { templateDocument } from './template-document';

/** Renames or describes a template, or replaces its settings. Refused when somebody changed it since it was read. */
export const updateTemplate: Handler<typeof contract.templates.update> = (context) => {
  const { params, body, ifMatch, change, etag } = context;
  return change(async (tx) => {
    const before = await findTemplate(tx, params.id);
    const source = await templateDocument(tx, body);
    if (ifMatch !== versionOf(before)) {
      throw new AppError('stale', `The template ${before.name} was changed after you looked at it.`, {
        hint: 'Look at it again, and then decide.',
      });
    }
    const { name = before.name, description = before.description } = body;
    await assertTemplateNameFree(tx, name, before.id);
    const row = await tx.siteTemplate.update({
      where: { id: before.id },
      data: {
        name,
        description,
        ...(source && { document: source.document }),
        // Two changes within one millisecond are two versions, too.
        updatedAt: new Date(Math.max(Date.now(), before.updatedAt.getTime() + 1)),
      },
    });
    etag(versionOf(row));
    return {
      value: describeTemplate(row),
      audit: {
        subject: `template ${name}`,
        subjectId: row.id,
        detail: {
          ...(name === before.name ? {} : { nameBefore: before.name }),
          ...(source && {
            madeFrom: source.from,
            ...fieldsDetail(storedDocument(before.document), source.document),
          }),
        },
      },
    };
  });
};
