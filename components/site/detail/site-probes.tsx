'use client';
import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import type { z } from 'zod';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import type { ProbeKind } from '#core/probe/probe-outcome';
import { isOld } from '#core/state/is-old';
import { siteQueries, useCheckSite } from '#queries/sites';
import { plainOutput } from '../../diff/visible-text';
import { probeLooks } from '../../kit/looks/probe-looks';

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
  const runs = targets.some(({ appliedRevision }) => appliedRevision !== null);
  const check = useCheckSite(team.slug, siteId);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Checks through the proxy</CardTitle>
        <div className="flex flex-wrap items-center gap-2">
          <SeenLine probes={latest} />
          {runs && team.can('hosts.check') && (
            <Button variant="outline" size="sm" pending={check.isPending} onClick={() => check.mutate()}>
              <RotateCw />
              Check now
            </Button>
          )}
        </div>
      </CardHeader>
      {check.isError && (
        <CardContent>
          <ErrorState error={check.error} onRetry={() => check.mutate()} />
        </CardContent>
      )}
      {check.data && check.data.notReached.length > 0 && (
        <CardContent>
          <Alert tone="warning" title="Not every host could be asked">
            <ul>
              {check.data.notReached.map(({ hostId, hostName, message }) => (
                <li key={hostId}>
                  {hostName}: {plainOutput(message)} What is shown of it below is from the time given there.
                </li>
              ))}
            </ul>
          </Alert>
        </CardContent>
      )}
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
          Checks run with every apply and with Check now. None has run yet.
        </CardContent>
      )}
      {latest.length > 0 && (
        <ul className="divide-y">
          {latest.map((probe) => (
            <li
              key={`${probe.kind} ${probe.targetId} ${probe.message} ${JSON.stringify(probe.detail)}`}
              className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-x-3 px-4 py-2 text-sm sm:grid-cols-[6.5rem_10rem_minmax(0,1fr)]"
            >
              <StatusBadge look={probeLooks[probe.status]} variant="plain" />
              <span className="font-medium">
                {titles[probe.kind]}
                {several && (
                  <span className="block font-normal text-muted-foreground text-xs">
                    {targets.find(({ targetId }) => targetId === probe.targetId)?.hostName}
                  </span>
                )}
              </span>
              <span className="text-muted-foreground [overflow-wrap:anywhere] max-sm:col-start-2">
                {plainOutput(probe.message)}
                {isOld(probe.at, Date.now()) && (
                  <span className="block text-xs">
                    seen <RelativeTime at={probe.at} />
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** When the checks were made, and by what. */
function SeenLine({ probes }: { probes: readonly { at: string; applyId: string | null }[] }) {
  const team = useTeam();
  const oldest = [...probes].sort((a, b) => (a.at < b.at ? -1 : 1))[0];
  if (!oldest) return null;
  return (
    <span className="text-muted-foreground text-xs">
      checked <RelativeTime at={oldest.at} />{' '}
      {oldest.applyId && (
        <>
          by{' '}
          <Link href={`/${team.slug}/applies/${oldest.applyId}`} className="underline underline-offset-2">
            an apply
          </Link>
        </>
      )}
    </span>
  );
}
