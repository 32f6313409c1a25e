import type * as React from 'react';
import { cn } from './cn';

export function Kbd({ className, ...props }: React.ComponentProps<'kbd'>) {
  return (
    <kbd
      className={cn(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border bg-card px-1 font-sans text-[11px] text-muted-foreground leading-none',
        className,
      )}
      {...props}
    />
  );
}
