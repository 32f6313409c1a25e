import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../route';
import { describeHost, hostInclude } from './describe-host';

/** All hosts of the team, by name. */
export const listHosts: Handler<typeof contract.hosts.list> = async ({ db }) => {
  const rows = await db.host.findMany({
    where: { archivedAt: null },
    include: hostInclude,
    orderBy: { name: 'asc' },
  });
  return { items: rows.map(describeHost) };
};
