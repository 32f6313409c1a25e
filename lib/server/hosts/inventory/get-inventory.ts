import 'server-only';
import type { contract } from '#api/contract/index';
import { ServerInventory } from '#core/inventory/server-inventory';
import { ServerKind } from '#core/web-server/render-target';
import type { Handler } from '../../door/route';
import { findHost } from '../find-host';

/** What the web servers of a host were last seen to serve. Nothing is asked of the host. */
export const getInventory: Handler<typeof contract.hosts.inventory> = async ({ db, params }) => {
  const host = await findHost(db, params.id);
  const targets = await db.target.findMany({
    where: { hostId: host.id },
    include: { inventory: true },
    orderBy: { server: 'asc' },
  });
  return {
    servers: targets.map(({ id, server, inventory }) => ({
      targetId: id,
      server: ServerKind.parse(server),
      readAt: inventory?.readAt.toISOString() ?? null,
      error: inventory?.error ?? '',
      inventory: ServerInventory.nullable().parse(inventory?.document ?? null),
    })),
  };
};
