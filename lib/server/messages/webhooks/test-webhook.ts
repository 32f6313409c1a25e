import 'server-only';
import type { contract } from '#api/contract/index';
import { slackEscape } from '#core/notify/message';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { deliverSoon } from '../notify-jobs';
import { describeDelivery } from './describe-webhook';
import { findWebhook } from './find-webhook';
import { testEvent } from './test-event';

/** Puts a message into the outbox that says no more than that it arrived. */
export const testWebhook: Handler<typeof contract.webhooks.test> = async ({
  params,
  team,
  actor,
  change,
}) => {
  const delivery = await change(async (tx) => {
    const webhook = await findWebhook(tx, params.id);
    if (webhook.disabledAt !== null)
      throw new AppError('conflict', 'This webhook is switched off.', { hint: 'Switch it on first.' });
    const at = new Date();
    const title = `A test by ${actor.name} of ${team.name}: messages of Gatehouse arrive here.`;
    const row = await tx.webhookDelivery.create({
      data: {
        teamId: team.id,
        webhookId: webhook.id,
        event: testEvent,
        status: 'waiting',
        nextAt: at,
        payload:
          webhook.kind === 'slack'
            ? { text: slackEscape(title) }
            : {
                type: testEvent,
                timestamp: at.toISOString(),
                data: { team: { slug: team.slug, name: team.name }, title },
              },
      },
    });
    return {
      value: describeDelivery(row),
      audit: { subject: `webhook ${webhook.name}`, subjectId: webhook.id },
    };
  });
  deliverSoon();
  return delivery;
};
