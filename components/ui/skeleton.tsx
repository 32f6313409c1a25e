import type * as React from 'react';
import { cn } from './cn';

export function Skeleton({ className, ...props }: React.ComponentProps<'div'>) {
  return (
    <div
      data-slot="skeleton"
      aria-hidden
      className={cn('animate-pulse rounded-md bg-accent', className)}
      {...props}
    />
  );
}
