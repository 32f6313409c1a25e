import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../route';
import { countSites } from './count-sites';
import { describeHost, hostInclude } from './describe-host';

/** All hosts of the team, by name. */
export const listHosts: Handler<typeof contract.hosts.list> = async ({ db, team }) => {
  const rows = await db.host.findMany({
    where: { archivedAt: null },
    include: { ...hostInclude, targets: { orderBy: { server: 'asc' }, select: { id: true, server: true } } },
    orderBy: { name: 'asc' },
  });
  const sites = await countSites(team.id);
  const counted = rows.map((row) => ({
    ...row,
    targets: row.targets.map((target) => ({ ...target, _count: { sites: sites(target.id) } })),
  }));
  return { items: counted.map(describeHost) };
};
