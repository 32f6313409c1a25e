import type * as React from 'react';
import { cn } from './cn';
import { controlClasses } from './input';

export function Textarea({ className, ...props }: React.ComponentProps<'textarea'>) {
  return (
    <textarea
      data-slot="textarea"
      className={cn(controlClasses, 'min-h-16 py-1.5 leading-5 max-sm:text-[16px]', className)}
      {...props}
    />
  );
}
