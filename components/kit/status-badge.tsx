'use client';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { cn } from '#components/ui/cn';
import { isOld } from '#core/state/is-old';
import { formatInstant } from './format-instant';
import type { Look } from './looks/look';
import { relativeTime, useNow } from './relative-time';

const iconTones: Record<BadgeTone, string> = {
  neutral: 'text-muted-foreground',
  outline: 'text-muted-foreground',
  info: 'text-brand',
  ok: 'text-ok',
  warning: 'text-warning',
  danger: 'text-danger',
};

interface Props {
  look: Look;
  /** `badge`: a pill. `plain`: icon and word, for rows. `icon`: the icon with the word for screen readers. */
  variant?: 'badge' | 'plain' | 'icon';
  /** Other words for the same status. */
  label?: string;
  /** When it was observed: what is old is grey and says its age. */
  seenAt?: string | null;
  className?: string;
}

/** The sign for a status: word, colour and shape. */
export function StatusBadge({ look: known, variant = 'badge', label, seenAt, className }: Props) {
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
