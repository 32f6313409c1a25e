import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertTemplateNameFree } from './assert-template-name-free';
import { describeTemplate, versionOf } from './describe-template';
import { templateDocument } from './template-document';

/** Makes a template of a site or a document, without what is the site's own. */
export const createTemplate: Handler<typeof contract.templates.create> = async (context) => {
  const { body, team, actor, change, etag } = context;
  const { name, description } = body;
  return change(async (tx) => {
    await assertTemplateNameFree(tx, name, null);
    const source = await templateDocument(tx, body);
    if (!source) throw new Error('the contract wants a site or a document');
    const { document, from } = source;
    const row = await tx.siteTemplate.create({
      data: { teamId: team.id, name, description, document, createdById: actor.id },
    });
    etag(versionOf(row));
    return {
      value: describeTemplate(row),
      audit: { subject: `template ${name}`, subjectId: row.id, detail: { madeFrom: from } },
    };
  });
};
