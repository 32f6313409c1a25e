import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleHelp,
  CircleMinus,
  CirclePause,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  Pencil,
  PlugZap,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { z } from 'zod';
import type { Apply } from '#api/contract/applies';
import type { Host, HostCheck } from '#api/contract/hosts';
import type { PlanStatus } from '#api/contract/plans';
import type { HealthStatus, SyncStatus } from '#api/contract/sites';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { cn } from '#components/ui/cn';
import type { StepStatus } from '#core/plan/step';
import type { ProbeOutcome } from '#core/probe/probe-outcome';

interface Look {
  readonly label: string;
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
  readonly spins?: true;
}

/** Every status of the product: its word, colour and shape. Colour never stands alone. */
export const statusLooks = {
  sync: {
    'in-sync': { label: 'In sync', tone: 'ok', icon: CircleCheck },
    'out-of-sync': { label: 'Out of sync', tone: 'info', icon: CircleDot },
    drifted: { label: 'Drifted', tone: 'warning', icon: Pencil },
    unknown: { label: 'Unknown', tone: 'neutral', icon: CircleHelp },
  },
  health: {
    healthy: { label: 'Healthy', tone: 'ok', icon: CircleCheck },
    degraded: { label: 'Degraded', tone: 'warning', icon: TriangleAlert },
    unreachable: { label: 'Unreachable', tone: 'danger', icon: CircleX },
    unknown: { label: 'Not probed', tone: 'neutral', icon: CircleHelp },
  },
  apply: {
    queued: { label: 'Queued', tone: 'neutral', icon: CircleDashed },
    running: { label: 'Running', tone: 'info', icon: LoaderCircle, spins: true },
    holding: { label: 'Waiting for you', tone: 'warning', icon: CirclePause },
    succeeded: { label: 'Succeeded', tone: 'ok', icon: CircleCheck },
    failed: { label: 'Failed', tone: 'danger', icon: CircleX },
    'rolled-back': { label: 'Rolled back', tone: 'warning', icon: Undo2 },
    interrupted: { label: 'Interrupted', tone: 'danger', icon: PlugZap },
    cancelled: { label: 'Cancelled', tone: 'neutral', icon: Ban },
  },
  step: {
    running: { label: 'Running', tone: 'info', icon: LoaderCircle, spins: true },
    ok: { label: 'Done', tone: 'ok', icon: CircleCheck },
    failed: { label: 'Failed', tone: 'danger', icon: CircleX },
    skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
  },
  plan: {
    ready: { label: 'Ready to apply', tone: 'info', icon: CircleDot },
    empty: { label: 'Nothing to do', tone: 'ok', icon: CircleCheck },
    blocked: { label: 'Blocked', tone: 'danger', icon: CircleX },
    stale: { label: 'Out of date', tone: 'warning', icon: TriangleAlert },
    applied: { label: 'Applied', tone: 'neutral', icon: CircleCheck },
  },
  check: {
    ok: { label: 'OK', tone: 'ok', icon: CircleCheck },
    warning: { label: 'Warning', tone: 'warning', icon: TriangleAlert },
    failed: { label: 'Failed', tone: 'danger', icon: CircleX },
    skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
  },
  host: {
    new: { label: 'Not set up', tone: 'info', icon: CircleDashed },
    ready: { label: 'Ready', tone: 'ok', icon: CircleCheck },
    attention: { label: 'Needs attention', tone: 'warning', icon: CircleAlert },
    unreachable: { label: 'Unreachable', tone: 'danger', icon: CircleX },
  },
  probe: {
    passed: { label: 'Passed', tone: 'ok', icon: CircleCheck },
    failed: { label: 'Failed', tone: 'danger', icon: CircleX },
    skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
  },
} as const satisfies {
  sync: Record<SyncStatus, Look>;
  health: Record<HealthStatus, Look>;
  apply: Record<Apply['status'], Look>;
  step: Record<z.infer<typeof StepStatus>, Look>;
  plan: Record<PlanStatus, Look>;
  check: Record<HostCheck['status'], Look>;
  host: Record<Host['status'], Look>;
  probe: Record<ProbeOutcome['status'], Look>;
};

type Kind = keyof typeof statusLooks;

const iconTones: Record<BadgeTone, string> = {
  neutral: 'text-muted-foreground',
  outline: 'text-muted-foreground',
  info: 'text-brand',
  ok: 'text-ok',
  warning: 'text-warning',
  danger: 'text-danger',
};

interface Props<K extends Kind> {
  kind: K;
  status: keyof (typeof statusLooks)[K];
  /** `badge`: a pill. `plain`: icon and word, for rows. `icon`: the icon with the word for screen readers. */
  variant?: 'badge' | 'plain' | 'icon';
  /** Other words for the same status. */
  label?: string;
  className?: string;
}

export function StatusBadge<K extends Kind>({ kind, status, variant = 'badge', label, className }: Props<K>) {
  const look = statusLooks[kind][status] as Look;
  const words = label ?? look.label;
  const icon = (
    <look.icon
      aria-hidden
      className={cn(
        variant === 'badge' ? 'size-3' : ['size-4 shrink-0', iconTones[look.tone]],
        look.spins && 'animate-spin',
      )}
    />
  );
  if (variant === 'badge') {
    return (
      <Badge tone={look.tone} className={className}>
        {icon}
        {words}
      </Badge>
    );
  }
  return (
    <span
      className={cn('inline-flex items-center gap-1.5 whitespace-nowrap align-bottom', className)}
      title={variant === 'icon' ? words : undefined}
    >
      {icon}
      <span className={variant === 'icon' ? 'sr-only' : undefined}>{words}</span>
    </span>
  );
}
