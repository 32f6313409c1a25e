import type { ComponentProps } from 'react';
import { cn } from './cn';

interface Props extends ComponentProps<'div'> {
  /** Percent; without it nobody knows how long it takes. */
  value?: number | null;
}

export function Progress({ className, value, ...props }: Props) {
  const known = value == null ? null : Math.max(0, Math.min(100, value));
  return (
    <div
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      {...(known !== null && { 'aria-valuenow': known })}
      className={cn('relative h-1.5 w-full overflow-hidden rounded-full bg-accent', className)}
      {...props}
    >
      <div
        className={cn(
          'h-full rounded-full bg-brand transition-[width]',
          known === null && 'w-1/3 animate-pulse',
        )}
        style={known === null ? undefined : { width: `${known}%` }}
      />
    </div>
  );
}
