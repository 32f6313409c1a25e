import { z } from 'zod';
import { ServerInventory } from '#core/inventory/server-inventory';
import { ServerKind } from '#core/web-server/render-target';
import { operation, reading } from '../operation';
import { IdParams, Instant } from './shared';

/** One entry for each web server that was found. `inventory: null`: it could not be read, because of `error`. */
export const HostInventory = z.object({
  servers: z.array(
    z.object({
      targetId: z.string(),
      server: ServerKind,
      readAt: Instant.nullable(),
      error: z.string(),
      inventory: ServerInventory.nullable(),
    }),
  ),
});
export type HostInventory = z.infer<typeof HostInventory>;

export const hostInventory = {
  inventory: operation({
    id: 'hosts.inventory',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts/{id}/inventory',
    summary: 'What the web servers of a host were last seen to serve, ours and others’',
    gate: { kind: 'team', permission: 'hosts.read' },
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: HostInventory,
    status: 200,
  }),
};
