import { z } from 'zod';
import { NotifyEventName } from '#core/notify/event';
import { Line } from '#core/site/text';
import { changing, operation, outgoing, reading } from '../operation';
import { IdParams, Instant, PageQuery, page, TeamParams } from './shared';

export const WebhookKind = z.enum(['json', 'slack']);
export type WebhookKind = z.infer<typeof WebhookKind>;

export const DeliveryStatus = z.enum(['waiting', 'delivered', 'failed']);
export type DeliveryStatus = z.infer<typeof DeliveryStatus>;

export const Delivery = z.object({
  id: z.string(),
  event: z.string(),
  status: DeliveryStatus,
  /** Tries made so far. */
  attempts: z.int(),
  /** When it is tried next; `null` when it is settled. */
  nextAt: Instant.nullable(),
  /** HTTP status of the last try; `null` when there was no answer. */
  answer: z.int().nullable(),
  /** What went wrong at the last try; the receiver's own words among it. */
  error: z.string(),
  createdAt: Instant,
  finishedAt: Instant.nullable(),
  /** The body that is sent. */
  payload: z.json(),
});
export type Delivery = z.infer<typeof Delivery>;

export const Webhook = z.object({
  id: z.string(),
  name: z.string(),
  kind: WebhookKind,
  /** The address itself may hold a secret: of it only this is ever shown. */
  urlHost: z.string(),
  events: z.array(NotifyEventName),
  /** Only sites of this list; `null`: all. */
  list: z.object({ id: z.string(), name: z.string() }).nullable(),
  enabled: z.boolean(),
  createdAt: Instant,
  lastDelivery: Delivery.pick({ status: true, answer: true, error: true, createdAt: true }).nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

const Name = Line(100).min(1, 'enter a name');
const Url = z
  .url({ protocol: /^https?$/, error: 'must be an address that starts with https:// or http://' })
  .max(2000);
const Events = z
  .array(NotifyEventName)
  .min(1, 'choose at least one event')
  .max(NotifyEventName.options.length);
const ListId = z.string().min(1).max(64).nullable();

export const WebhookInput = z.strictObject({
  name: Name,
  /** `json` is signed after the Standard Webhooks specification; `slack` is an incoming webhook of Slack or of a chat that takes the same. */
  kind: WebhookKind,
  url: Url,
  events: Events,
  listId: ListId.default(null),
});
export const WebhookPatch = z
  .strictObject({ name: Name, url: Url, events: Events, listId: ListId, enabled: z.boolean() })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'change at least one field');

const gate = { kind: 'team', permission: 'webhooks.manage' } as const;
const base = { gate, query: null, body: null } as const;

/** Where a team's events are sent. */
export const webhooks = {
  list: operation({
    ...base,
    id: 'webhooks.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/webhooks',
    summary: 'List webhooks',
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    response: z.object({ items: z.array(Webhook) }),
    status: 200,
  }),
  create: operation({
    ...base,
    id: 'webhooks.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks',
    summary: 'Add a webhook; its signing secret is shown once',
    rateLimit: changing,
    audit: 'webhook.created',
    proof: 'recent',
    answersSecret: true,
    params: TeamParams,
    body: WebhookInput,
    /** `signingSecret` is `null` for Slack, which knows no signatures. */
    response: Webhook.extend({ signingSecret: z.string().nullable() }),
    status: 201,
  }),
  get: operation({
    ...base,
    id: 'webhooks.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/webhooks/{id}',
    summary: 'Get a webhook',
    rateLimit: reading,
    audit: null,
    params: IdParams,
    response: Webhook,
    status: 200,
  }),
  update: operation({
    ...base,
    id: 'webhooks.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/webhooks/{id}',
    summary: 'Change a webhook, or switch it on and off',
    rateLimit: changing,
    audit: 'webhook.updated',
    proof: 'recent',
    params: IdParams,
    body: WebhookPatch,
    response: Webhook,
    status: 200,
  }),
  remove: operation({
    ...base,
    id: 'webhooks.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/webhooks/{id}',
    summary: 'Remove a webhook with its delivery log',
    rateLimit: changing,
    audit: 'webhook.deleted',
    proof: 'recent',
    params: IdParams,
    response: null,
    status: 204,
  }),
  test: operation({
    ...base,
    id: 'webhooks.test',
    method: 'POST',
    path: '/api/v1/teams/{team}/webhooks/{id}/test',
    summary: 'Send a test message; the delivery log shows the result',
    rateLimit: outgoing,
    audit: 'webhook.tested',
    proof: 'none',
    params: IdParams,
    response: Delivery,
    status: 202,
  }),
};

/** Messages to webhooks, and what happened to them. */
export const deliveries = {
  list: operation({
    ...base,
    id: 'deliveries.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/deliveries',
    summary: 'List messages to webhooks, newest first',
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: PageQuery.extend({ webhookId: z.string().max(64).optional(), status: DeliveryStatus.optional() }),
    response: page(Delivery),
    status: 200,
  }),
  redeliver: operation({
    ...base,
    id: 'deliveries.redeliver',
    method: 'POST',
    path: '/api/v1/teams/{team}/deliveries/{id}/redeliver',
    summary: 'Send a message again now, under the same id',
    rateLimit: outgoing,
    audit: 'webhook.redelivered',
    proof: 'none',
    params: IdParams,
    response: Delivery,
    status: 202,
  }),
};
