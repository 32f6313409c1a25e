import type * as React from 'react';
import { cn } from './cn';

export function Card({ className, ...props }: React.ComponentProps<'div'>) {
  return <div data-slot="card" className={cn('rounded-lg border bg-card shadow-xs', className)} {...props} />;
}

export function CardHeader({ className, ...props }: React.ComponentProps<'div'>) {
  return (
    <div
      data-slot="card-header"
      className={cn(
        'flex min-h-11 items-center justify-between gap-x-3 gap-y-2 border-b px-4 py-2 max-sm:flex-wrap',
        className,
      )}
      {...props}
    />
  );
}

export function CardTitle({
  className,
  as: As = 'h2',
  ...props
}: React.ComponentProps<'h2'> & { as?: 'h2' | 'h3' }) {
  return <As data-slot="card-title" className={cn('font-semibold text-sm', className)} {...props} />;
}

export function CardDescription({ className, ...props }: React.ComponentProps<'p'>) {
  return (
    <p data-slot="card-description" className={cn('text-muted-foreground text-sm', className)} {...props} />
  );
}

export function CardContent({ className, ...props }: React.ComponentProps<'div'>) {
  return <div data-slot="card-content" className={cn('px-4 py-3', className)} {...props} />;
}

export function CardFooter({ className, ...props }: React.ComponentProps<'div'>) {
  return (
    <div
      data-slot="card-footer"
      className={cn('flex items-center gap-2 border-t px-4 py-2.5', className)}
      {...props}
    />
  );
}
