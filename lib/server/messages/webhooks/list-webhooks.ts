import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeWebhook, webhookInclude } from './describe-webhook';

/** The team's webhooks by name. */
export const listWebhooks: Handler<typeof contract.webhooks.list> = async ({ db }) => {
  const rows = await db.webhook.findMany({ include: webhookInclude, orderBy: { name: 'asc' } });
  return { items: rows.map(describeWebhook) };
};
