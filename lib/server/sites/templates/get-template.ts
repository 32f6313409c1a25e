import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeTemplate, versionOf } from './describe-template';
import { findTemplate } from './find-template';

/** One template with its document. */
export const getTemplate: Handler<typeof contract.templates.get> = async ({ db, params, etag }) => {
  const row = await findTemplate(db, params.id);
  etag(versionOf(row));
  return describeTemplate(row);
};
