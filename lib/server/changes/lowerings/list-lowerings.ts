import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeLowerings } from './find-lowering';

/** Lowerings that wait. */
export const listLowerings: Handler<typeof contract.lowerings.list> = async ({ db }) => {
  const rows = await db.lowering.findMany({
    where: { endedAt: null },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
  });
  return { items: await describeLowerings(db, rows) };
};
