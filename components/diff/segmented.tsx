import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn';

interface Props<V extends string> {
  label: string;
  value: V;
  onValue: (value: V) => void;
  options: readonly { value: V; title: ReactNode }[];
  className?: string;
}

/** A small choice of one out of a few, as a row of buttons. */
export function Segmented<V extends string>({ label, value, onValue, options, className }: Props<V>) {
  return (
    <fieldset
      aria-label={label}
      className={cn(
        'flex w-fit min-w-0 max-w-full gap-0.5 overflow-x-auto rounded-md bg-muted p-0.5',
        className,
      )}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          className={cn(
            'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-sm px-2 font-medium text-muted-foreground text-xs hover:text-foreground focus-visible:-outline-offset-2 [&_svg]:size-3.5',
            option.value === value && 'bg-card text-foreground shadow-sm',
          )}
          onClick={() => onValue(option.value)}
        >
          {option.title}
        </button>
      ))}
    </fieldset>
  );
}
