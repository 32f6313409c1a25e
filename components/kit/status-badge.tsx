'use client';
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
  Eye,
  LoaderCircle,
  type LucideIcon,
  MessageSquareWarning,
  Pencil,
  PlugZap,
  Snowflake,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { z } from 'zod';
import type { Apply } from '#api/contract/applies';
import type { Host, HostCheck } from '#api/contract/hosts';
import type { PlanState } from '#api/contract/plans';
import type { HealthStatus, SyncStatus } from '#api/contract/sites';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { cn } from '#components/ui/cn';
import type { StepStatus } from '#core/change/step';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import { isOld } from '#core/state/is-old';
import { stateWords } from '#core/state/state-words';
import { formatInstant } from './format-instant';
import { relativeTime, useNow } from './relative-time';

interface Look {
  readonly label: string;
  /** What the word claims, for the tooltip. */
  readonly meaning?: string;
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
  readonly spins?: true;
}

/** Every status of the product: its word, colour and shape. Colour is never the only sign. */
export const statusLooks = {
  sync: {
    new: { ...stateWords.sync.new, tone: 'info', icon: CircleDashed },
    'in-sync': { ...stateWords.sync['in-sync'], tone: 'ok', icon: CircleCheck },
    'out-of-sync': { ...stateWords.sync['out-of-sync'], tone: 'info', icon: CircleDot },
    drifted: { ...stateWords.sync.drifted, tone: 'warning', icon: Pencil },
    unknown: { ...stateWords.sync.unknown, tone: 'neutral', icon: CircleHelp },
  },
  health: {
    healthy: { ...stateWords.health.healthy, tone: 'ok', icon: CircleCheck },
    degraded: { ...stateWords.health.degraded, tone: 'warning', icon: TriangleAlert },
    unreachable: { ...stateWords.health.unreachable, tone: 'danger', icon: CircleX },
    unknown: { ...stateWords.health.unknown, tone: 'neutral', icon: CircleHelp },
  },
  apply: {
    queued: { ...stateWords.apply.queued, tone: 'neutral', icon: CircleDashed },
    running: { ...stateWords.apply.running, tone: 'info', icon: LoaderCircle, spins: true },
    holding: { ...stateWords.apply.holding, tone: 'warning', icon: CirclePause },
    succeeded: { ...stateWords.apply.succeeded, tone: 'ok', icon: CircleCheck },
    failed: { ...stateWords.apply.failed, tone: 'danger', icon: CircleX },
    'rolled-back': { ...stateWords.apply['rolled-back'], tone: 'warning', icon: Undo2 },
    interrupted: { ...stateWords.apply.interrupted, tone: 'danger', icon: PlugZap },
    cancelled: { ...stateWords.apply.cancelled, tone: 'neutral', icon: Ban },
  },
  step: {
    running: { label: 'Running', tone: 'info', icon: LoaderCircle, spins: true },
    ok: { label: 'Done', tone: 'ok', icon: CircleCheck },
    failed: { label: 'Failed', tone: 'danger', icon: CircleX },
    skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
  },
  plan: {
    'waiting-for-review': { ...stateWords.plan['waiting-for-review'], tone: 'warning', icon: Eye },
    'changes-requested': {
      ...stateWords.plan['changes-requested'],
      tone: 'warning',
      icon: MessageSquareWarning,
    },
    frozen: { ...stateWords.plan.frozen, tone: 'warning', icon: Snowflake },
    ready: { ...stateWords.plan.ready, tone: 'info', icon: CircleDot },
    blocked: { ...stateWords.plan.blocked, tone: 'danger', icon: CircleX },
    'nothing-to-do': { ...stateWords.plan['nothing-to-do'], tone: 'ok', icon: CircleCheck },
    overtaken: { ...stateWords.plan.overtaken, tone: 'neutral', icon: TriangleAlert },
    expired: { ...stateWords.plan.expired, tone: 'neutral', icon: TriangleAlert },
    applying: { ...stateWords.plan.applying, tone: 'info', icon: LoaderCircle, spins: true },
    'on-trial': { ...stateWords.plan['on-trial'], tone: 'warning', icon: CirclePause },
    applied: { ...stateWords.plan.applied, tone: 'ok', icon: CircleCheck },
    'partly-applied': { ...stateWords.plan['partly-applied'], tone: 'warning', icon: CircleAlert },
    'rolled-back': { ...stateWords.plan['rolled-back'], tone: 'warning', icon: Undo2 },
    failed: { ...stateWords.plan.failed, tone: 'danger', icon: CircleX },
    interrupted: { ...stateWords.plan.interrupted, tone: 'danger', icon: PlugZap },
    cancelled: { ...stateWords.plan.cancelled, tone: 'neutral', icon: Ban },
  },
  check: {
    ok: { label: 'OK', tone: 'ok', icon: CircleCheck },
    warning: { label: 'Warning', tone: 'warning', icon: TriangleAlert },
    failed: { label: 'Failed', tone: 'danger', icon: CircleX },
    skipped: { label: 'Skipped', tone: 'neutral', icon: CircleMinus },
  },
  host: {
    new: { ...stateWords.host.new, tone: 'info', icon: CircleDashed },
    ready: { ...stateWords.host.ready, tone: 'ok', icon: CircleCheck },
    attention: { ...stateWords.host.attention, tone: 'warning', icon: CircleAlert },
    unreachable: { ...stateWords.host.unreachable, tone: 'danger', icon: CircleX },
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
  plan: Record<PlanState, Look>;
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
  /** When it was observed: what is old is grey and says its age. */
  seenAt?: string | null;
  className?: string;
}

export function StatusBadge<K extends Kind>({
  kind,
  status,
  variant = 'badge',
  label,
  seenAt,
  className,
}: Props<K>) {
  const known = statusLooks[kind][status] as Look;
  const nowMs = useNow();
  const old = seenAt != null && nowMs > 0 && isOld(seenAt, nowMs);
  const look = old ? { ...known, tone: 'neutral' as const } : known;
  const word = label ?? look.label;
  const words = old ? `${word} ${relativeTime(seenAt, nowMs)}` : word;
  const title = [look.meaning, seenAt && nowMs > 0 ? `Seen ${formatInstant(seenAt)}.` : '']
    .filter(Boolean)
    .join(' ');
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
      <Badge tone={look.tone} className={className} {...(title && { title })}>
        {icon}
        {words}
      </Badge>
    );
  }
  return (
    <span
      className={cn('inline-flex items-center gap-1.5 whitespace-nowrap align-bottom', className)}
      title={variant === 'icon' ? words : title || undefined}
    >
      {icon}
      <span className={variant === 'icon' ? 'sr-only' : undefined}>{words}</span>
    </span>
  );
}
