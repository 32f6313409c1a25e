import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError, notFound } from '../../platform/errors/app-error';
import { deliverSoon } from '../notify-jobs';
import { describeDelivery } from './describe-webhook';

/** Sends a message once more, with all its tries. It keeps its id, so that a receiver knows it again. */
export const redeliver: Handler<typeof contract.deliveries.redeliver> = async ({ params, change }) => {
  const delivery = await change(async (tx) => {
    const row = await tx.webhookDelivery.findUnique({
      where: { id: params.id },
      include: { webhook: true },
    });
    if (!row) throw notFound('message');
    const { webhook } = row;
    if (webhook.disabledAt !== null)
      throw new AppError('conflict', 'This webhook is switched off.', { hint: 'Switch it on first.' });
    const again = await tx.webhookDelivery.update({
      where: { id: row.id },
      data: { status: 'waiting', attempts: 0, nextAt: new Date(), finishedAt: null },
    });
    return {
      value: describeDelivery(again),
      audit: {
        subject: `webhook ${webhook.name}`,
        subjectId: webhook.id,
        detail: { delivery: row.id, event: row.event },
      },
    };
  });
  deliverSoon();
  return delivery;
};
