import type * as React from 'react';
import { cn } from './cn';

export const controlClasses =
  'w-full min-w-0 rounded-md border border-input/80 bg-card px-2.5 text-sm text-foreground shadow-xs transition-[border-color,background-color] placeholder:text-muted-foreground/85 hover:border-input focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring/60 disabled:cursor-not-allowed disabled:bg-muted disabled:opacity-70 aria-invalid:border-danger aria-invalid:focus-visible:outline-danger/60 dark:bg-background/60';

export function Input({ className, type = 'text', ...props }: React.ComponentProps<'input'>) {
  return (
    <input
      data-slot="input"
      type={type}
      className={cn(controlClasses, 'h-8 max-sm:text-[16px]', className)}
      {...props}
    />
  );
}
