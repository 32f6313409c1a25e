'use client';
import * as LabelPrimitive from 'radix-ui/label';
import type * as React from 'react';
import { cn } from './cn';

export function Label({ className, ...props }: React.ComponentProps<typeof LabelPrimitive.Root>) {
  return (
    <LabelPrimitive.Root
      data-slot="label"
      className={cn(
        'flex select-none items-center gap-1.5 font-medium text-sm leading-5 peer-disabled:opacity-60',
        className,
      )}
      {...props}
    />
  );
}
