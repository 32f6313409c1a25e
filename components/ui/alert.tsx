import { cva, type VariantProps } from 'class-variance-authority';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type * as React from 'react';
import { cn } from './cn';

const alertVariants = cva('flex w-full gap-2.5 rounded-lg border px-3 py-2.5 text-sm', {
  variants: {
    tone: {
      neutral: 'border-border bg-muted/60 [&>svg]:text-muted-foreground',
      info: 'border-brand/25 bg-brand-subtle/60 [&>svg]:text-brand',
      ok: 'border-ok/25 bg-ok-subtle/60 [&>svg]:text-ok',
      warning: 'border-warning/25 bg-warning-subtle/60 [&>svg]:text-warning',
      danger: 'border-danger/25 bg-danger-subtle/60 [&>svg]:text-danger',
    },
  },
  defaultVariants: { tone: 'neutral' },
});

const icons = { neutral: Info, info: Info, ok: CircleCheck, warning: TriangleAlert, danger: CircleAlert };

export function Alert({
  className,
  tone = 'neutral',
  title,
  action,
  children,
  ...props
}: Omit<React.ComponentProps<'div'>, 'title'> &
  VariantProps<typeof alertVariants> & { title?: React.ReactNode; action?: React.ReactNode }) {
  const Icon = icons[tone ?? 'neutral'];
  return (
    <div
      data-slot="alert"
      role={tone === 'danger' ? 'alert' : 'status'}
      className={cn(alertVariants({ tone }), className)}
      {...props}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {title && <div className="font-medium">{title}</div>}
        {children && <div className={cn(title ? 'text-muted-foreground' : undefined)}>{children}</div>}
      </div>
      {action && <div className="flex shrink-0 items-start gap-2">{action}</div>}
    </div>
  );
}
