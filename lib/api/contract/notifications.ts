import { z } from 'zod';
import { NotifyEventName } from '#core/notify/event';
import { changing, operation, reading } from '../operation';
import { TeamParams } from './shared';

export const NotificationInput = z.strictObject({
  events: z.array(NotifyEventName).max(NotifyEventName.options.length),
  /** Only of sites in these lists; empty: of all. */
  listIds: z.array(z.string().min(1).max(64)).max(100),
});

export const Notifications = z.object({
  /** Whether this installation sends e-mail at all. */
  available: z.boolean(),
  /** Where it goes. */
  address: z.string(),
  events: z.array(NotifyEventName),
  listIds: z.array(z.string()),
  /** Lists of the team to choose from. */
  lists: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Notifications = z.infer<typeof Notifications>;

const gate = { kind: 'team', permission: 'notifications.choose' } as const;

/** What a person is told by e-mail. */
export const notifications = {
  get: operation({
    id: 'notifications.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/notifications',
    summary: 'Get what you are told by e-mail',
    gate,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: Notifications,
    status: 200,
  }),
  update: operation({
    id: 'notifications.update',
    method: 'PUT',
    path: '/api/v1/teams/{team}/notifications',
    summary: 'Choose what you are told by e-mail',
    gate,
    rateLimit: changing,
    audit: 'notifications.chosen',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: NotificationInput,
    response: Notifications,
    status: 200,
  }),
};
