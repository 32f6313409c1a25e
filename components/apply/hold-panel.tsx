'use client';
import { Check, Undo2 } from 'lucide-react';
import type { Apply } from '#api/contract/applies';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { useConfirmApply, useRollbackApply } from '#queries/applies';
import { formatCountdown } from '../kit/duration';
import { useServerNow } from './server-clock';

/** The trial time: who does nothing gets the old state back. */
export function HoldPanel({ apply }: { apply: Apply }) {
  const team = useTeam();
  const now = useServerNow(true);
  const confirm = useConfirmApply(team.slug, apply.id);
  const rollback = useRollbackApply(team.slug, apply.id);
  const ends = apply.targets.flatMap((target) => (target.holdUntil ? [Date.parse(target.holdUntil)] : []));
  const endsAt = ends.length > 0 ? Math.min(...ends) : null;
  const remainingMs = endsAt === null ? null : Math.max(0, endsAt - now);
  const share =
    remainingMs === null || apply.holdSeconds === 0
      ? 0
      : Math.min(1, remainingMs / (apply.holdSeconds * 1000));
  const over = remainingMs === 0;
  const busy = confirm.isPending || rollback.isPending;
  return (
    <Card className="overflow-hidden border-warning/40">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3 px-4 py-4">
        <div className="flex items-baseline gap-3">
          <span role="timer" aria-label="Time left" className="font-mono font-semibold text-2xl tabular-nums">
            {remainingMs === null ? '–:––' : formatCountdown(remainingMs)}
          </span>
          <span className="text-muted-foreground text-sm">
            {over
              ? 'Time is up: the host is putting the old files back'
              : endsAt === null
                ? 'until it is undone'
                : `until it is undone, at ${new Date(endsAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })}`}
          </span>
        </div>
        {team.can('applies.run') ? (
          <div className="ml-auto flex flex-wrap gap-2">
            <Button
              variant="outline"
              pending={rollback.isPending}
              aria-disabled={busy || over || undefined}
              onClick={() => rollback.mutate()}
            >
              <Undo2 />
              Undo now
            </Button>
            <Button
              pending={confirm.isPending}
              aria-disabled={busy || over || undefined}
              onClick={() => confirm.mutate()}
            >
              <Check />
              Keep it
            </Button>
          </div>
        ) : (
          <p className="ml-auto text-muted-foreground text-sm">An operator or admin decides.</p>
        )}
      </div>
      {(confirm.isError || rollback.isError) && (
        <ErrorState error={confirm.error ?? rollback.error} className="mx-4 mb-4 w-auto" />
      )}
      <div aria-hidden className="h-1 bg-warning-subtle">
        <div
          className="h-full bg-warning transition-[width] duration-300 ease-linear"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </Card>
  );
}
