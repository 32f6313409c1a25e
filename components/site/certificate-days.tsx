'use client';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { cn } from '#components/ui/cn';
import { formatInstant } from '../kit/format-instant';

const dayMs = 86_400_000;

/** Days until a certificate ends; under two weeks it warns, under none it alarms. */
export function CertificateDays({ expiresAt, long = false }: { expiresAt: string | null; long?: boolean }) {
  if (!expiresAt) {
    return (
      <span className="text-muted-foreground" title="No certificate has been seen yet">
        –<span className="sr-only">No certificate has been seen yet</span>
      </span>
    );
  }
  const days = Math.floor((Date.parse(expiresAt) - Date.now()) / dayMs);
  const Icon = days < 14 ? ShieldAlert : ShieldCheck;
  const text = days < 0 ? 'expired' : long ? `${days} ${days === 1 ? 'day' : 'days'} left` : `${days} d`;
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap tabular-nums',
        days < 0 ? 'font-medium text-danger' : days < 14 ? 'font-medium text-warning' : undefined,
      )}
      title={`Certificate valid until ${formatInstant(expiresAt)}`}
    >
      <Icon className={cn('size-3.5', days >= 14 && 'text-muted-foreground')} aria-hidden />
      {text}
    </span>
  );
}
