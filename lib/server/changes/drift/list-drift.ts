import 'server-only';
import type { contract } from '#api/contract/index';
import type { Prisma } from '../../../generated/prisma/client';
import type { Handler } from '../../door/route';
import { cutPage, decodeCursor } from '../../platform/database/page-cursor';
import { describeDrift, driftInclude, ofLiveHosts } from './describe-drift';

const shown = { open: null, ignored: 'ignored', accepted: 'accepted' } as const;
const separator = '\n';

/** Files that are not as they were left, by host name and path. */
export const listDrift: Handler<typeof contract.drift.list> = async ({ db, query }) => {
  const { show, search, hostId, siteId, cursor, limit } = query;
  const sites = search
    ? await db.site.findMany({ where: { name: { contains: search } }, select: { id: true }, take: 500 })
    : [];
  const where: Prisma.DriftFileWhereInput = {
    target: { host: { archivedAt: null, ...(hostId ? { id: hostId } : {}) } },
    ...(show === 'all' ? {} : { decision: shown[show] }),
    ...(siteId ? { siteId } : {}),
    ...(search
      ? {
          OR: [
            { path: { contains: search } },
            { target: { host: { name: { contains: search } } } },
            { siteId: { in: sites.map(({ id }) => id) } },
          ],
        }
      : {}),
  };
  const rows = await db.driftFile.findMany({
    where: cursor ? { AND: [where, after(cursor)] } : where,
    ...driftInclude,
    orderBy: [{ target: { host: { name: 'asc' } } }, { path: 'asc' }, { id: 'asc' }],
    take: limit + 1,
  });
  const { items, next } = cutPage(rows, limit, (row) => `${row.target.host.name}${separator}${row.path}`);
  return {
    items: await describeDrift(db, items),
    next,
    total: await db.driftFile.count({ where: { AND: [where, ofLiveHosts] } }),
  };
};

function after(cursor: string): Prisma.DriftFileWhereInput {
  const { key, id } = decodeCursor(cursor);
  const [host = '', path = ''] = key.split(separator);
  const same = { target: { host: { name: host } } };
  return {
    OR: [
      { target: { host: { name: { gt: host } } } },
      { ...same, path: { gt: path } },
      { ...same, path, id: { gt: id } },
    ],
  };
}
