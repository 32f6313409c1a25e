'use client';
import { ChevronRight, RotateCw } from 'lucide-react';
import Link from 'next/link';
import type { DriftHost } from '#api/contract/drift';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { useCheckDrift } from '#queries/drift';
import { fileCount } from './drift-words';

/** Hosts with nothing open, folded: that they were looked at is worth knowing, not reading. */
export function QuietHosts({ hosts }: { hosts: readonly DriftHost[] }) {
  return (
    <Card className="overflow-hidden">
      <details className="group">
        <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 px-4 py-2 text-sm hover:bg-accent/50 focus-visible:-outline-offset-2">
          <ChevronRight
            className="size-4 text-muted-foreground transition-transform group-open:rotate-90"
            aria-hidden
          />
          <span className="font-medium">
            {hosts.length === 1 ? '1 host' : `${hosts.length} hosts`} with nothing to decide
          </span>
        </summary>
        <ul aria-label="Hosts with nothing to decide" className="divide-y border-t">
          {hosts.map((host) => (
            <QuietHost key={host.id} host={host} />
          ))}
        </ul>
      </details>
    </Card>
  );
}

function QuietHost({ host }: { host: DriftHost }) {
  const team = useTeam();
  const check = useCheckDrift(team.slug);
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-1.5 text-sm">
      <Link
        href={`/${team.slug}/hosts/${host.id}`}
        className="min-w-0 flex-1 basis-40 truncate rounded-sm font-medium underline-offset-4 hover:underline"
      >
        {host.name}
      </Link>
      <span className="text-muted-foreground text-xs">
        {fileCount(host.files)} of ours
        {host.decided > 0 && `, ${host.decided} ignored or accepted`}
      </span>
      <span className="w-36 text-muted-foreground text-xs sm:text-right">
        {host.checkedAt ? (
          <>
            compared <RelativeTime at={host.checkedAt} />
          </>
        ) : (
          'never compared'
        )}
      </span>
      {team.can('hosts.check') && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Check ${host.name} now`}
          pending={check.isPending || host.checking}
          onClick={() => check.mutate({ hostIds: [host.id] })}
        >
          <RotateCw />
        </Button>
      )}
    </li>
  );
}
