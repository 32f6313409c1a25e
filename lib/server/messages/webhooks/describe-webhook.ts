import 'server-only';
import type { z } from 'zod';
import { type Delivery, DeliveryStatus, type Webhook, WebhookKind } from '#api/contract/webhooks';
import type { Prisma, WebhookDelivery } from '../../../generated/prisma/client';
import { storedEvents } from '../notify/notify';

export const webhookInclude = {
  list: { select: { id: true, name: true } },
  deliveries: { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], take: 1 },
} as const satisfies Prisma.WebhookInclude;
type Row = Prisma.WebhookGetPayload<{ include: typeof webhookInclude }>;

/** A webhook as its admins see it: without its address and its key. */
export function describeWebhook(row: Row): z.input<typeof Webhook> {
  const [last] = row.deliveries;
  return {
    id: row.id,
    name: row.name,
    kind: WebhookKind.parse(row.kind),
    urlHost: row.urlHost,
    events: storedEvents(row.events),
    list: row.list,
    enabled: row.disabledAt === null,
    createdAt: row.createdAt.toISOString(),
    lastDelivery: last ? describeDelivery(last) : null,
  };
}

/** A message to a webhook, with what happened to it so far. */
export function describeDelivery(row: WebhookDelivery): z.output<typeof Delivery> {
  return {
    id: row.id,
    event: row.event,
    status: DeliveryStatus.parse(row.status),
    attempts: row.attempts,
    nextAt: row.nextAt?.toISOString() ?? null,
    answer: row.answer,
    error: row.error,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    payload: row.payload as z.output<typeof Delivery>['payload'],
  };
}
