import { ChevronDown } from 'lucide-react';
import type * as React from 'react';
import { cn } from './cn';
import { controlClasses } from './input';

/** The browser's own select: for toolbars, where opening it must not cost a library. */
export function NativeSelect({ className, children, ...props }: React.ComponentProps<'select'>) {
  return (
    <span data-slot="native-select" className="relative inline-flex min-w-0">
      <select className={cn(controlClasses, 'h-8 appearance-none truncate pr-8', className)} {...props}>
        {children}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-2 right-2.5 size-3.5 translate-y-px text-muted-foreground"
      />
    </span>
  );
}
