import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertList } from './assert-list';
import { describeWebhook, webhookInclude } from './describe-webhook';
import { findWebhook } from './find-webhook';
import { sealUrl } from './seal-url';

/**
 * Changes what is given. A new address replaces the old one for good; what waits goes there, too. What waits while it is switched off is
 * given up: nobody wants last week's news all at once.
 */
export const updateWebhook: Handler<typeof contract.webhooks.update> = ({ params, body, team, change }) =>
  change(async (tx) => {
    const before = await findWebhook(tx, params.id);
    const { url, enabled, name, events, listId } = body;
    if (listId !== undefined) await assertList(tx, listId);
    const row = await tx.webhook.update({
      where: { id: before.id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(events === undefined ? {} : { events }),
        ...(listId === undefined ? {} : { listId }),
        ...(url === undefined ? {} : await sealUrl(tx, team.id, url)),
        ...(enabled === undefined ? {} : { disabledAt: enabled ? null : (before.disabledAt ?? new Date()) }),
      },
      include: webhookInclude,
    });
    if (enabled === false) {
      await tx.webhookDelivery.updateMany({
        where: { webhookId: before.id, status: 'waiting' },
        data: {
          status: 'failed',
          nextAt: null,
          finishedAt: new Date(),
          error: 'The webhook was switched off.',
        },
      });
    }
    if (url !== undefined) await tx.secret.delete({ where: { id: before.urlId } });
    const { urlHost: host } = row;
    const changed = Object.keys(body).sort();
    const state = enabled === undefined ? {} : { enabled };
    return {
      value: describeWebhook(row),
      audit: { subject: `webhook ${row.name}`, subjectId: row.id, detail: { changed, host, ...state } },
    };
  });
