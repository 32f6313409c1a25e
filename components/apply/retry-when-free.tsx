'use client';
import { useQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Apply } from '#api/contract/applies';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { applyQueries } from '#queries/applies';
import { plainOutput } from '../diff/visible-text';

/** Between two questions to the hosts. */
const askEveryMs = 10_000;

interface Props {
  apply: Apply;
  /** Makes a new plan of the same sites. */
  onReplan: () => void;
}

/** Where another program held a port: asks the hosts until it is free while the page is open, then makes the new plan. */
export function RetryWhenFree({ apply, onReplan }: Props) {
  const team = useTeam();
  const [waiting, setWaiting] = useState(false);
  const atFault = [apply.failure, ...apply.targets.map(({ failure }) => failure)];
  if (!atFault.some((failure) => failure?.code === 'apply.port-not-served')) return null;
  if (!team.can('hosts.check')) return null;
  if (waiting) return <Waiting apply={apply} onReplan={onReplan} onStop={() => setWaiting(false)} />;
  return (
    <Button size="sm" variant="outline" onClick={() => setWaiting(true)}>
      <Hourglass />
      Try again when the port is free
    </Button>
  );
}

function Waiting({ apply, onReplan, onStop }: Props & { onStop: () => void }) {
  const team = useTeam();
  const ports = useQuery({
    ...applyQueries.takenPorts(team.slug, apply.id),
    // What an earlier wait saw says nothing about now.
    gcTime: 0,
    refetchInterval: askEveryMs,
    refetchIntervalInBackground: true,
  });
  const seen = ports.data;
  const free = seen !== undefined && seen.taken.length === 0 && seen.notReached.length === 0;
  useEffect(() => {
    if (!free) return;
    onReplan();
    onStop();
  }, [free, onReplan, onStop]);
  return (
    <div role="status" className="order-last flex basis-full flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      {ports.isError ? (
        <ErrorState error={ports.error} />
      ) : (
        <span className="[overflow-wrap:anywhere]">
          {seen
            ? [...seen.taken, ...seen.notReached].map(({ hostName, message }) => (
                <span key={hostName + message} className="block">
                  {hostName}: {plainOutput(message)}
                </span>
              ))
            : 'Asking the host who has the port …'}
          {seen && !free && (
            <span className="text-muted-foreground">
              Asked <RelativeTime at={seen.at} />, and again every {askEveryMs / 1000} s while this page is
              open. When the port is free, the new plan is made.
            </span>
          )}
        </span>
      )}
      <Button size="sm" variant="ghost" onClick={onStop}>
        Stop waiting
      </Button>
    </div>
  );
}
