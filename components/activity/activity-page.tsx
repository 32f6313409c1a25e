'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Activity, Download, SearchX, ShieldCheck } from 'lucide-react';
import type { ActivityRow as Row } from '#api/contract/activity';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { LoadMore } from '#components/kit/load-more';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { activityExportUrl, activityQueries } from '#queries/activity';
import { teamQueries } from '#queries/team';
import { useRowKeys } from '../kit/row-keys';
import { useActivityFilter } from './activity-filter';
import { ActivityFilterBar } from './activity-filter-bar';
import { ActivityRow } from './activity-row';

/** The record is kept current while somebody looks at its beginning. */
const refreshMs = 20_000;

/** Asked for by pressing a button only. */
const useVerify = (slug: string) => useQuery(activityQueries.verify(slug));

/** Who did what, from where; filtered, exported, and proven to be whole. */
export function ActivityPage() {
  const team = useTeam();
  useRowKeys();
  const filter = useActivityFilter();
  const activity = useInfiniteQuery({
    ...activityQueries.list(team.slug, filter.filter),
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : refreshMs),
  });
  const members = useQuery(teamQueries.get(team.slug)).data?.members ?? [];
  const verify = useVerify(team.slug);
  const rows = activity.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = activity.data?.pages[0]?.total ?? 0;
  const nameOf = ({ actorId }: Row) =>
    actorId === null ? null : (members.find(({ person }) => person.id === actorId)?.person.name ?? null);
  return (
    <Page>
      <PageHeader
        title="Activity"
        description="Who changed what, and from where. Rows are only ever added."
        actions={
          <>
            {team.can('activity.verify') && (
              <Button variant="outline" pending={verify.isFetching} onClick={() => verify.refetch()}>
                <ShieldCheck />
                Verify
              </Button>
            )}
            <Button asChild variant="outline">
              <a href={activityExportUrl(team.slug, filter.filter)} download>
                <Download />
                Export
              </a>
            </Button>
          </>
        }
      />
      <Verdict query={verify} />
      <ActivityFilterBar filter={filter} />
      {activity.isPending && <RowsSkeleton rows={6} />}
      {activity.isError && <ErrorState error={activity.error} onRetry={() => activity.refetch()} />}
      {activity.isSuccess && rows.length === 0 && (
        <Card>
          {filter.narrowed ? (
            <EmptyState
              icon={SearchX}
              title="Nothing matches"
              action={
                <Button variant="outline" onClick={() => filter.clear()}>
                  Clear the filter
                </Button>
              }
            >
              Nothing in the record matches all of this.
            </EmptyState>
          ) : (
            <EmptyState icon={Activity} title="Nothing has happened yet" />
          )}
        </Card>
      )}
      {rows.length > 0 && (
        <p role="status" className="-mb-2 text-muted-foreground text-xs tabular-nums">
          {total === 1 ? '1 event' : `${total.toLocaleString('en-GB')} events`}
          {filter.narrowed && ' match'}
        </p>
      )}
      {byDay(rows).map(({ day, rows: ofDay }) => (
        <section key={day} aria-label={day}>
          <h2 className="mb-1.5 font-medium text-muted-foreground text-xs">{day}</h2>
          <Card>
            <ul className="divide-y">
              {ofDay.map((row) => (
                <ActivityRow key={row.id} row={row} who={nameOf(row)} />
              ))}
            </ul>
          </Card>
        </section>
      ))}
      <LoadMore query={activity} />
    </Page>
  );
}

function Verdict({ query }: { query: ReturnType<typeof useVerify> }) {
  if (query.isError) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return null;
  const { rows, head, broken, triggers } = query.data;
  if (!broken && triggers.length > 0)
    return (
      <Alert tone="danger" title="The triggers that keep the record append-only were changed">
        In the database, {triggers.join('; ')}. Its {rows.toLocaleString('en-GB')} rows follow each other, but
        they may have been rewritten: compare the head with one that was noted elsewhere.
      </Alert>
    );
  if (!broken) {
    return (
      <Alert tone="ok" title={`The record is intact: ${rows.toLocaleString('en-GB')} rows of all teams`}>
        Nothing was changed, removed, moved or slipped in.
        {head && (
          <>
            {' '}
            Note down its head to find out later that no row was cut off at the end:{' '}
            <code className="[overflow-wrap:anywhere]">
              {head.sequence}:{head.hash}
            </code>
          </>
        )}
      </Alert>
    );
  }
  return (
    <Alert tone="danger" title={`The record is broken at row ${broken.sequence}`}>
      The row {broken.reason}.
      {broken.row && ` It says that ${broken.row.actor} did ${broken.row.event} to ${broken.row.subject}.`}{' '}
      Somebody wrote to the database without the dashboard: compare it with a backup.
    </Alert>
  );
}

/** Rows of one day together, in the order they came. */
function byDay(rows: readonly Row[]): { day: string; rows: Row[] }[] {
  const days = new Map<string, Row[]>();
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
