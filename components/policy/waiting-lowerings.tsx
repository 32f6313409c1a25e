'use client';
import { useQuery } from '@tanstack/react-query';
import type { Lowering } from '#api/contract/lowerings';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { loweringQueries, useCancelLowering, useConfirmLowering } from '#queries/lowerings';
import { sessionQueries } from '#queries/session';

/** Lowerings of controls that wait, for everybody to see; admins confirm them or call them off. Nothing where none waits. */
export function WaitingLowerings() {
  const team = useTeam();
  const waiting = useQuery(loweringQueries.list(team.slug));
  if (waiting.isError) return <ErrorState error={waiting.error} onRetry={() => waiting.refetch()} />;
  if (!waiting.data || waiting.data.items.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Waiting to be lowered</CardTitle>
          <CardDescription>Until one of these takes effect, everything holds as before.</CardDescription>
        </div>
      </CardHeader>
      <ul aria-label="Waiting to be lowered" className="divide-y">
        {waiting.data.items.map((lowering) => (
          <Waiting key={lowering.id} lowering={lowering} />
        ))}
      </ul>
    </Card>
  );
}

function Waiting({ lowering: { id, lowers, askedBy, askedAt, dueAt } }: { lowering: Lowering }) {
  const team = useTeam();
  const me = useQuery(sessionQueries.get());
  const confirm = useConfirmLowering(team.slug);
  const cancel = useCancelLowering(team.slug);
  const own = me.data?.user.id === askedBy?.id;
  const busy = confirm.isPending || cancel.isPending;
  return (
    <li className="flex flex-wrap items-center gap-3 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        {lowers.map((line) => (
          <p key={line} className="[overflow-wrap:anywhere]">
            {line}
          </p>
        ))}
        <p className="text-muted-foreground text-xs">
          Asked for by {askedBy?.name ?? 'a former member'} <RelativeTime at={askedAt} />;{' '}
          {dueAt === null ? (
            'takes effect when another admin confirms it'
          ) : (
            <>
              takes effect <RelativeTime at={dueAt} /> unless it is called off
            </>
          )}
        </p>
        {confirm.isError && <ErrorState error={confirm.error} />}
        {cancel.isError && <ErrorState error={cancel.error} />}
      </div>
      {team.can('policies.write') && (
        <span className="flex gap-2">
          {!own && (
            <Button
              size="sm"
              variant="outline"
              disabled={busy}
              onClick={() => confirm.mutate(id, { onSuccess: () => toast.success('It has taken effect') })}
            >
              Confirm
            </Button>
          )}
          <Button
            size="sm"
            variant="outline"
            disabled={busy}
            onClick={() =>
              cancel.mutate(id, { onSuccess: () => toast.success('Called off; nothing has changed') })
            }
          >
            Call off
          </Button>
        </span>
      )}
    </li>
  );
}
