'use client';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Pencil, PlugZap, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { driftQueries, useCheckDrift } from '#queries/drift';
import { plainOutput } from '../diff/visible-text';
import { fileCount } from '../drift/drift-words';

/** Whether the host is as our applies left it. */
export function HostDrift({ hostId, name }: { hostId: string; name: string }) {
  const team = useTeam();
  const summary = useQuery(driftQueries.summary(team.slug));
  const check = useCheckDrift(team.slug);
  const host = summary.data?.hosts.find(({ id }) => id === hostId);
  // A host without a web server has nothing of ours.
  if (!host) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>
          Drift
          {host.checkedAt && (
            <span className="ml-2 font-normal text-muted-foreground text-xs">
              {host.unreachableSince ? 'last compared' : 'compared'} <RelativeTime at={host.checkedAt} />
            </span>
          )}
        </CardTitle>
        {team.can('hosts.check') && (
          <Button
            variant="outline"
            size="sm"
            pending={check.isPending || host.checking}
            onClick={() => check.mutate({ hostIds: [hostId] })}
          >
            <RotateCw />
            Check now
          </Button>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-2 text-sm">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {host.open > 0 ? (
            <>
              <Badge tone="warning">
                <Pencil aria-hidden />
                {fileCount(host.open)} changed by others
              </Badge>
              <Link
                href={`/${team.slug}/drift?search=${encodeURIComponent(name)}`}
                className="text-brand underline-offset-4 hover:underline"
              >
                Look at {host.open === 1 ? 'it' : 'them'}
              </Link>
            </>
          ) : host.checkedAt ? (
            <>
              <CircleCheck className="size-4 text-ok" aria-hidden />
              {host.files === 0
                ? 'Nothing was applied here yet.'
                : `${fileCount(host.files)} of ours, as they were left.`}
            </>
          ) : (
            'It was not compared yet.'
          )}
        </p>
        {host.unreachableSince && (
          <p className="flex items-start gap-2 [overflow-wrap:anywhere]">
            <PlugZap className="mt-0.5 size-4 shrink-0 text-danger" aria-hidden />
            <span>
              No comparison since <RelativeTime at={host.unreachableSince} />
              {host.error && `: ${plainOutput(host.error.message)}`}
            </span>
          </p>
        )}
        {check.isError && <ErrorState error={check.error} />}
      </CardContent>
    </Card>
  );
}
