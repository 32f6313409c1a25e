'use client';
import { Ban } from 'lucide-react';
import type { Apply } from '#api/contract/applies';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Progress } from '#components/ui/progress';
import { useCancelApply } from '#queries/applies';
import { fleetProgress } from './fleet-progress';

/** How far an apply over several hosts is, and the way to begin no more of them. */
export function FleetPanel({ apply }: { apply: Apply }) {
  const team = useTeam();
  const cancel = useCancelApply(team.slug, apply.id);
  const { total, done, running, waiting, text } = fleetProgress(apply.targets);
  const over = running + waiting === 0;
  return (
    <Card className="flex flex-col gap-2 px-4 py-3">
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="text-sm tabular-nums">
          {text}
        </p>
        {!over && (
          <p className="text-muted-foreground text-xs">
            {apply.cancelledAt
              ? 'Cancelled: work under way finishes, nothing further starts.'
              : waiting > 0 && done === 0
                ? 'The first host is the canary: the others wait for its checks.'
                : null}
          </p>
        )}
        {waiting > 0 && team.can('applies.run') && (
          <Button
            variant="outline"
            size="sm"
            className="ml-auto"
            pending={cancel.isPending}
            onClick={() => cancel.mutate()}
          >
            <Ban />
            Cancel the {waiting} waiting
          </Button>
        )}
      </div>
      <Progress value={(100 * (total - running - waiting)) / total} aria-label="Hosts that are finished" />
      {cancel.isError && <ErrorState error={cancel.error} />}
    </Card>
  );
}
