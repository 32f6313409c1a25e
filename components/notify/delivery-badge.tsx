import type { Delivery } from '#api/contract/webhooks';
import { Badge, type BadgeTone } from '#components/ui/badge';

const looks: Record<Delivery['status'], { tone: BadgeTone; label: string }> = {
  waiting: { tone: 'info', label: 'Waiting' },
  delivered: { tone: 'ok', label: 'Delivered' },
  failed: { tone: 'danger', label: 'Failed' },
};

/** Whether a message arrived, with the status that the receiver answered. */
export function DeliveryBadge({ delivery }: { delivery: Pick<Delivery, 'status' | 'answer'> }) {
  const { tone, label } = looks[delivery.status];
  return (
    <Badge tone={tone}>
      {label}
      {delivery.answer !== null && ` · ${delivery.answer}`}
    </Badge>
  );
}
