'use client';
import { useId } from 'react';
import { cn } from '#components/ui/cn';
import { valueWords } from '#core/site/field-words';
import type { Conflict, Side } from '#core/site/merge';

const sides = [
  { side: 'theirs', label: 'Theirs' },
  { side: 'yours', label: 'Yours' },
  { side: 'base', label: 'As it was before' },
] as const;

interface Props {
  conflict: Conflict;
  choice: Side | null;
  onChoice: (side: Side) => void;
}

/** One field that two people changed: all three values, one of them to choose. */
export function ConflictChoice({ conflict, choice, onChoice }: Props) {
  const name = useId();
  return (
    <fieldset className={cn('rounded-md border px-3 pb-2', choice === null && 'border-warning/50')}>
      <legend className="px-1 font-medium text-sm">{conflict.field}</legend>
      <div className="grid gap-x-4 gap-y-1 sm:grid-cols-3">
        {sides.map(({ side, label }) => (
          <label
            key={side}
            htmlFor={`${name}-${side}`}
            className="flex min-h-9 items-start gap-2 rounded-md px-1 py-1 text-sm hover:bg-accent/50"
          >
            <input
              id={`${name}-${side}`}
              type="radio"
              name={name}
              checked={choice === side}
              onChange={() => onChoice(side)}
              className="mt-0.5 size-4 shrink-0 accent-primary"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <span className="block text-muted-foreground text-xs">{label}</span>
              {valueWords(conflict.of, conflict[side]) ?? <em>not there</em>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
