'use client';
import { useId } from 'react';
import { Checkbox } from '#components/ui/checkbox';
import type { NotifyEventName } from '#core/notify/event';
import { eventLabels, eventNames } from '#core/notify/event-words';

const hints: Record<NotifyEventName, string> = {
  'apply.finished': 'The new configuration serves on every host.',
  'apply.failed': 'It stopped before anything was changed, or needs a person.',
  'apply.rolled-back': 'The hosts are as they were before.',
  'drift.found': 'Somebody changed one of our files on a host.',
  'certificate.expiring': '21, 7 and 1 days before it expires.',
  'approval.asked': 'Somebody asked for a review of a plan.',
  'control.lowering': 'Somebody asks for less approvals, ends a freeze, or the like. Admins are always told.',
  'account.reset': 'A member’s password was reset with a link. Admins are always told.',
};

interface Props {
  legend: string;
  value: readonly NotifyEventName[];
  onChange: (events: NotifyEventName[]) => void;
  error?: string | undefined;
}

/** A checkbox for each event. */
export function EventChoices({ legend, value, onChange, error }: Props) {
  const id = useId();
  return (
    <fieldset className="flex min-w-0 flex-col gap-1" aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2">
        {eventNames.map((name) => (
          <div key={name} className="flex items-start gap-2.5">
            <Checkbox
              id={`${id}-${name}`}
              className="mt-0.5"
              checked={value.includes(name)}
              aria-describedby={`${id}-${name}-hint`}
              onCheckedChange={(checked) =>
                onChange(eventNames.filter((each) => (each === name ? checked : value.includes(each))))
              }
            />
            <div className="min-w-0">
              <label htmlFor={`${id}-${name}`} className="text-sm">
                {eventLabels[name]}
              </label>
              <p id={`${id}-${name}-hint`} className="text-muted-foreground text-xs">
                {hints[name]}
              </p>
            </div>
          </div>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="text-danger text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
