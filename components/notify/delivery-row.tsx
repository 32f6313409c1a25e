'use client';
import { useState } from 'react';
import type { Delivery } from '#api/contract/webhooks';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { eventLabels } from '#core/notify/event-words';
import { stripControls } from '#core/strip-controls';
import { useRedeliver } from '#queries/webhooks';
import { DeliveryBadge } from './delivery-badge';

const labelOf = (event: string) => (eventLabels as Readonly<Record<string, string>>)[event] ?? 'Test';

/** One message: whether it arrived, what the receiver said, and its body to look at. */
export function DeliveryRow({ delivery, enabled }: { delivery: Delivery; enabled: boolean }) {
  const team = useTeam();
  const redeliver = useRedeliver(team.slug);
  const [open, setOpen] = useState(false);
  const { status, attempts, nextAt, error, event, createdAt, payload } = delivery;
  const label = labelOf(event);
  return (
    <li className="px-4 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <DeliveryBadge delivery={delivery} />
        <span className="font-medium">{label}</span>
        <span className="min-w-0 flex-1 text-muted-foreground text-xs">
          <RelativeTime at={createdAt} />
          {attempts > 0 && `, ${attempts === 1 ? '1 try' : `${attempts} tries`}`}
          {status === 'waiting' && nextAt && attempts > 0 && (
            <>
              , next <RelativeTime at={nextAt} />
            </>
          )}
        </span>
        <div className="flex items-center gap-2">
          <Button variant="ghost" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide body' : 'Show body'}
          </Button>
          <Button
            variant="outline"
            size="sm"
            pending={redeliver.isPending}
            disabled={!enabled}
            onClick={() => redeliver.mutate(delivery.id)}
          >
            Send again
          </Button>
        </div>
      </div>
      {error && <p className="mt-1 text-danger text-xs [overflow-wrap:anywhere]">{stripControls(error)}</p>}
      {redeliver.isError && <ErrorState error={redeliver.error} className="mt-2" />}
      {open && (
        <CodeBlock
          code={JSON.stringify(payload, null, 2)}
          label={`body of the message “${label}”`}
          className="mt-2"
          wrap
        />
      )}
    </li>
  );
}
