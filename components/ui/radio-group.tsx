'use client';
import * as RadioGroupPrimitive from 'radix-ui/radio-group';
import type * as React from 'react';
import { cn } from './cn';

export function RadioGroup({ className, ...props }: React.ComponentProps<typeof RadioGroupPrimitive.Root>) {
  return (
    <RadioGroupPrimitive.Root data-slot="radio-group" className={cn('grid gap-2', className)} {...props} />
  );
}

export function RadioGroupItem({
  className,
  ...props
}: React.ComponentProps<typeof RadioGroupPrimitive.Item>) {
  return (
    <RadioGroupPrimitive.Item
      data-slot="radio-group-item"
      className={cn(
        'relative flex size-4 shrink-0 items-center justify-center rounded-full border border-input bg-card shadow-xs before:absolute before:-inset-1 disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:border-primary',
        className,
      )}
      {...props}
    >
      <RadioGroupPrimitive.Indicator className="size-2 rounded-full bg-primary" />
    </RadioGroupPrimitive.Item>
  );
}

/** A radio item that is a whole card. */
export function RadioCard({ className, ...props }: React.ComponentProps<typeof RadioGroupPrimitive.Item>) {
  return (
    <RadioGroupPrimitive.Item
      data-slot="radio-card"
      className={cn(
        'group rounded-lg border bg-card px-3 py-2.5 text-left shadow-xs transition-colors hover:border-input disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:border-brand data-[state=checked]:bg-brand-subtle/50 data-[state=checked]:shadow-[inset_0_0_0_1px_var(--brand)]',
        className,
      )}
      {...props}
    />
  );
}
