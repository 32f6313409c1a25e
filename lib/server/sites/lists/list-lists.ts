import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeList, listInclude } from './describe-list';

/** The team's lists, by name. */
export const listLists: Handler<typeof contract.lists.list> = async ({ db }) => {
  const rows = await db.list.findMany({ include: listInclude, orderBy: { name: 'asc' } });
  return { items: rows.map(describeList) };
};
