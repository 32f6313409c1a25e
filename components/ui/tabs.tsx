'use client';
import * as TabsPrimitive from 'radix-ui/tabs';
import type * as React from 'react';
import { cn } from './cn';

export function Tabs({ className, ...props }: React.ComponentProps<typeof TabsPrimitive.Root>) {
  return <TabsPrimitive.Root data-slot="tabs" className={cn('flex flex-col', className)} {...props} />;
}

/** `line`: page sections under a rule. `pill`: a small choice inside a toolbar. */
export function TabsList({
  className,
  variant = 'line',
  ...props
}: React.ComponentProps<typeof TabsPrimitive.List> & { variant?: 'line' | 'pill' }) {
  return (
    <TabsPrimitive.List
      data-slot="tabs-list"
      data-variant={variant}
      className={cn(
        'group/tabs flex items-center',
        variant === 'line' ? 'gap-4 overflow-x-auto border-b' : 'w-fit gap-0.5 rounded-md bg-muted p-0.5',
        className,
      )}
      {...props}
    />
  );
}

export function TabsTrigger({ className, ...props }: React.ComponentProps<typeof TabsPrimitive.Trigger>) {
  return (
    <TabsPrimitive.Trigger
      data-slot="tabs-trigger"
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap rounded-sm font-medium text-muted-foreground text-sm transition-colors hover:text-foreground focus-visible:outline-offset-[-2px] disabled:opacity-50 data-[state=active]:text-foreground [&_svg:not([class*='size-'])]:size-4",
        'group-data-[variant=line]/tabs:-mb-px group-data-[variant=line]/tabs:h-9 group-data-[variant=line]/tabs:rounded-none group-data-[variant=line]/tabs:border-transparent group-data-[variant=line]/tabs:border-b-2 group-data-[variant=line]/tabs:px-0.5 group-data-[variant=line]/tabs:data-[state=active]:border-foreground',
        'group-data-[variant=pill]/tabs:h-6 group-data-[variant=pill]/tabs:px-2 group-data-[variant=pill]/tabs:text-xs group-data-[variant=pill]/tabs:data-[state=active]:bg-card group-data-[variant=pill]/tabs:data-[state=active]:shadow-sm',
        className,
      )}
      {...props}
    />
  );
}

export function TabsContent({ className, ...props }: React.ComponentProps<typeof TabsPrimitive.Content>) {
  return (
    <TabsPrimitive.Content
      data-slot="tabs-content"
      className={cn('outline-none focus-visible:outline-2', className)}
      {...props}
    />
  );
}
