'use client';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/shell/error-state';
import { RelativeTime } from '#components/shell/relative-time';
import { StatusBadge } from '#components/shell/status-badge';
import { useTeam } from '#components/shell/team-context';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import type { ProbeKind } from '#core/probe/probe-outcome';
import { siteQueries } from '#queries/sites';

const titles: Record<z.infer<typeof ProbeKind>, string> = {
  redirect: 'Redirect to https',
  certificate: 'Certificate',
  page: 'Page',
  websocket: 'WebSocket',
  'event-stream': 'Event stream',
  'forwarded-headers': 'Forwarded headers',
  'unknown-host': 'Unknown host names',
};

/** What the last checks through the proxy saw. */
export function SiteProbes({ siteId, targets }: { siteId: string; targets: SiteDetail['targets'] }) {
  const team = useTeam();
  const probes = useQuery(siteQueries.probes(team.slug, siteId));
  const latest = probes.data?.items ?? [];
  const several = new Set(latest.map(({ targetId }) => targetId)).size > 1;
  const newest = latest
    .map(({ at }) => at)
    .sort()
    .at(-1);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Checks through the proxy</CardTitle>
        {newest && (
          <span className="text-muted-foreground text-xs">
            <RelativeTime at={newest} />
          </span>
        )}
      </CardHeader>
      {probes.isPending && (
        <CardContent>
          <Skeleton className="h-24" />
        </CardContent>
      )}
      {probes.isError && (
        <CardContent>
          <ErrorState error={probes.error} onRetry={() => probes.refetch()} />
        </CardContent>
      )}
      {probes.isSuccess && latest.length === 0 && (
        <CardContent className="text-muted-foreground text-sm">
          Checks run with every apply. There was none yet.
        </CardContent>
      )}
      {latest.length > 0 && (
        <ul className="divide-y">
          {latest.map((probe) => (
            <li
              key={`${probe.kind} ${probe.targetId} ${probe.message} ${JSON.stringify(probe.detail)}`}
              className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-x-3 px-4 py-2 text-sm sm:grid-cols-[6.5rem_10rem_minmax(0,1fr)]"
            >
              <StatusBadge kind="probe" status={probe.status} variant="plain" />
              <span className="font-medium">
                {titles[probe.kind]}
                {several && (
                  <span className="block font-normal text-muted-foreground text-xs">
                    {targets.find(({ targetId }) => targetId === probe.targetId)?.hostName}
                  </span>
                )}
              </span>
              <span className="text-muted-foreground [overflow-wrap:anywhere] max-sm:col-start-2">
                {probe.message}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
