'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import Link from 'next/link';
import type { ActivityRow } from '#api/contract/team';
import { EmptyState } from '#components/shell/empty-state';
import { ErrorState } from '#components/shell/error-state';
import { LoadMore } from '#components/shell/load-more';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { RowsSkeleton } from '#components/shell/rows-skeleton';
import { useTeam } from '#components/shell/team-context';
import { Card } from '#components/ui/card';
import { teamQueries } from '#queries/team';
import { describeEvent } from './event-words';

export function ActivityPage() {
  const team = useTeam();
  const activity = useInfiniteQuery(teamQueries.activity(team.slug));
  const rows = activity.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page>
      <PageHeader title="Activity" description="Who changed what, and from where." />
      {activity.isPending && <RowsSkeleton rows={4} />}
      {activity.isError && <ErrorState error={activity.error} onRetry={() => activity.refetch()} />}
      {activity.isSuccess && rows.length === 0 && (
        <EmptyState
          icon={Activity}
          title="Nothing has happened yet"
          className="rounded-lg border border-dashed"
        />
      )}
      {byDay(rows).map(({ day, rows: ofDay }) => (
        <section key={day} aria-label={day}>
          <h2 className="mb-1.5 font-medium text-muted-foreground text-xs">{day}</h2>
          <Card>
            <ul className="divide-y">
              {ofDay.map((row) => (
                <EventRow key={row.id} row={row} />
              ))}
            </ul>
          </Card>
        </section>
      ))}
      <LoadMore query={activity} />
    </Page>
  );
}

function EventRow({ row }: { row: ActivityRow }) {
  const team = useTeam();
  const { words, icon: Icon, page } = describeEvent(row.event);
  return (
    <li className="flex items-start gap-3 px-4 py-2 text-sm" title={`${row.event}, request ${row.requestId}`}>
      <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{row.actor}</span>{' '}
        <span className="text-muted-foreground">{words}</span>{' '}
        {page && row.subjectId ? (
          <Link href={`/${team.slug}/${page}/${row.subjectId}`} className="font-medium hover:underline">
            {row.subject}
          </Link>
        ) : (
          row.subject
        )}
      </p>
      <code className="hidden pt-0.5 text-muted-foreground text-xs sm:block">{row.address}</code>
      <time dateTime={row.at} className="w-12 shrink-0 text-right text-muted-foreground tabular-nums">
        {new Date(row.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
      </time>
    </li>
  );
}

/** Rows of one day together, in the order they came. */
function byDay(rows: readonly ActivityRow[]): { day: string; rows: ActivityRow[] }[] {
  const days = new Map<string, ActivityRow[]>();
  for (const row of rows) {
    const day = new Date(row.at).toLocaleDateString('en-GB', {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
    });
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days].map(([day, ofDay]) => ({ day, rows: ofDay }));
}
