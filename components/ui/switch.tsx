'use client';
import * as SwitchPrimitive from 'radix-ui/switch';
import type * as React from 'react';
import { cn } from './cn';

export function Switch({ className, ...props }: React.ComponentProps<typeof SwitchPrimitive.Root>) {
  return (
    <SwitchPrimitive.Root
      data-slot="switch"
      className={cn(
        'peer relative inline-flex h-[18px] w-8 shrink-0 items-center rounded-full border border-transparent bg-input transition-colors before:absolute before:-inset-1 disabled:cursor-not-allowed disabled:opacity-50 data-[state=checked]:bg-brand',
        className,
      )}
      {...props}
    >
      <SwitchPrimitive.Thumb className="pointer-events-none block size-3.5 rounded-full bg-white shadow-sm transition-transform data-[state=checked]:translate-x-[15px] data-[state=unchecked]:translate-x-px dark:bg-background" />
    </SwitchPrimitive.Root>
  );
}
