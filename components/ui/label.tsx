import type * as React from 'react';
import { cn } from './cn';

export function Label({ className, htmlFor, ...props }: React.ComponentProps<'label'>) {
  return (
    <label
      data-slot="label"
      htmlFor={htmlFor}
      className={cn(
        'flex select-none items-center gap-1.5 font-medium text-sm leading-5 peer-disabled:opacity-60',
        className,
      )}
      {...props}
    />
  );
}
