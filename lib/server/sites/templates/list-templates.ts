import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { summariseTemplate } from './describe-template';

/** The team's templates, by name. */
export const listTemplates: Handler<typeof contract.templates.list> = async ({ db }) => {
  const rows = await db.siteTemplate.findMany({ orderBy: { name: 'asc' } });
  return { items: rows.map(summariseTemplate) };
};
