'use client';
import { PlugZap, RotateCw, Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { DriftFile, DriftHost } from '#api/contract/drift';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { useCheckDrift, useRevertDrift } from '#queries/drift';
import { PathText } from '../diff/path-text';
import { plainOutput } from '../diff/visible-text';
import { RowLink } from '../kit/row-link';
import { serverTitle } from '../kit/server-title';
import { DriftBadge } from './drift-badge';
import { driftTitles, fileCount } from './drift-words';

interface Props {
  host: DriftHost;
  files: readonly DriftFile[];
  show: 'open' | 'ignored' | 'accepted';
}

/** The drifted files of one host. */
export function DriftHostCard({ host, files, show }: Props) {
  const team = useTeam();
  const router = useRouter();
  const check = useCheckDrift(team.slug);
  const revert = useRevertDrift(team.slug);
  const revertible = files.filter(({ role }) => role !== null);
  const start = () =>
    revert.mutate(
      revertible.map(({ id }) => id),
      { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
    );
  return (
    <Card className="overflow-hidden">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 border-b px-4 py-2">
        <h2 className="font-semibold text-sm [overflow-wrap:anywhere]">
          <Link
            href={`/${team.slug}/hosts/${host.id}`}
            className="rounded-sm underline-offset-4 hover:underline"
          >
            {host.name}
          </Link>
        </h2>
        {host.unreachableSince && (
          <Badge tone="danger">
            <PlugZap aria-hidden />
            Cannot be compared
          </Badge>
        )}
        <span className="text-muted-foreground text-xs">
          {host.checkedAt ? (
            <>
              {host.unreachableSince ? 'last compared' : 'compared'} <RelativeTime at={host.checkedAt} />
            </>
          ) : (
            'never compared'
          )}
        </span>
        <div className="ml-auto flex flex-wrap gap-1.5">
          {team.can('hosts.check') && (
            <Button
              variant="outline"
              size="sm"
              aria-label={`Check ${host.name} now`}
              pending={check.isPending || host.checking}
              onClick={() => check.mutate({ hostIds: [host.id] })}
            >
              <RotateCw />
              Check now
            </Button>
          )}
          {show === 'open' && revertible.length > 1 && team.can('plans.create') && (
            <Button
              variant="outline"
              size="sm"
              aria-label={`Plan to revert ${fileCount(revertible.length)} on ${host.name}`}
              pending={revert.isPending}
              onClick={start}
            >
              <Undo2 />
              Revert all
            </Button>
          )}
        </div>
      </header>
      {host.unreachableSince && (
        <p className="border-b bg-danger-subtle/50 px-4 py-2 text-sm [overflow-wrap:anywhere]">
          No comparison since <RelativeTime at={host.unreachableSince} />
          {host.error && `: ${plainOutput(host.error.message)}`}
          {files.length > 0 && ' What is listed here was seen before.'}
          {host.error?.hint && (
            <span className="block text-muted-foreground">{plainOutput(host.error.hint)}</span>
          )}
        </p>
      )}
      {check.isError && <ErrorState error={check.error} className="m-3 w-auto" />}
      {revert.isError && <ErrorState error={revert.error} onRetry={start} className="m-3 w-auto" />}
      {files.length === 0 ? (
        <p className="px-4 py-3 text-muted-foreground text-sm">
          No drift was known when it was compared last.
        </p>
      ) : (
        <ul aria-label={`Drift on ${host.name}`} className="divide-y">
          {files.map((file) => (
            <FileRow key={file.id} team={team.slug} file={file} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function FileRow({ team, file }: { team: string; file: DriftFile }) {
  return (
    <RowLink
      href={`/${team}/drift/${file.id}`}
      label={`${driftTitles[file.state]}: ${file.path} on ${file.hostName}`}
    >
      <span className="min-w-0 flex-1 basis-64">
        <span className="block">
          <PathText path={file.path} />
        </span>
        <span className="block truncate text-muted-foreground text-xs">
          {file.site
            ? `site ${file.site.name}`
            : file.role === null
              ? 'of unknown origin'
              : 'shared by all sites'}{' '}
          · {serverTitle(file.server)}
          {file.decision && file.decision.reason !== '' && ` · “${file.decision.reason}”`}
        </span>
      </span>
      <span className="sm:w-44">
        <DriftBadge state={file.state} />
      </span>
      <span className="w-28 text-muted-foreground text-xs sm:text-right">
        {file.decision ? (
          <>
            {file.decision.by?.name ?? 'somebody'} <RelativeTime at={file.decision.at} />
          </>
        ) : (
          <>
            seen <RelativeTime at={file.changedAt} />
          </>
        )}
      </span>
    </RowLink>
  );
}
