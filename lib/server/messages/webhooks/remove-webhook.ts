import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { findWebhook } from './find-webhook';

/** Removes a webhook with its secrets, its delivery log and what still waits. */
export const removeWebhook: Handler<typeof contract.webhooks.remove> = ({ params, change }) =>
  change(async (tx) => {
    const row = await findWebhook(tx, params.id);
    await tx.webhook.delete({ where: { id: row.id } });
    const secrets = [row.urlId, ...(row.signingKeyId ? [row.signingKeyId] : [])];
    await tx.secret.deleteMany({ where: { id: { in: secrets } } });
    return { value: undefined, audit: { subject: `webhook ${row.name}`, subjectId: row.id } };
  });
