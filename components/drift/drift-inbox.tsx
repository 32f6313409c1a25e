'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CircleCheck, RotateCw, SearchX } from 'lucide-react';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import type { DriftHost, DriftSummary } from '#api/contract/drift';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { LoadMore } from '#components/kit/load-more';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Input } from '#components/ui/input';
import { driftQueries, useCheckDrift } from '#queries/drift';
import { Segmented } from '../diff/segmented';
import { ListSkeleton } from '../kit/list-skeleton';
import { useRowKeys } from '../kit/row-keys';
import { DriftHostCard } from './drift-host-card';
import { groupByHost } from './drift-words';
import { QuietHosts } from './quiet-hosts';

const views = ['open', 'ignored', 'accepted'] as const;
type View = (typeof views)[number];
const viewTitles = { open: 'Open', ignored: 'Ignored', accepted: 'Accepted' } as const;
/** The inbox is kept current while somebody looks at it. */
const refreshMs = 20_000;

/** Everything on the hosts that is not as our last apply left it, and what to do about it. */
export function DriftInbox() {
  const team = useTeam();
  useRowKeys();
  const [show, setShow] = useQueryState('show', parseAsStringLiteral(views).withDefault('open'));
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''));
  const summary = useQuery({ ...driftQueries.summary(team.slug), refetchInterval: refreshMs });
  const files = useInfiniteQuery({
    ...driftQueries.list(team.slug, { show, ...(search.trim() ? { search: search.trim() } : {}) }),
    refetchInterval: refreshMs,
  });
  const check = useCheckDrift(team.slug);
  const items = files.data?.pages.flatMap((page) => page.items) ?? [];
  const groups = groupByHost(items);
  const hosts = summary.data?.hosts ?? [];
  const error = files.error ?? summary.error;
  const retry = () => Promise.all([files.refetch(), summary.refetch()]);
  const mayCheck = team.can('hosts.check');
  // Hosts that nobody can look at come first: what is said of them is old.
  const shown = hosts.filter(
    (host) => groups.has(host.id) || (show === 'open' && search === '' && host.unreachableSince !== null),
  );
  const quiet = hosts.filter((host) => !shown.includes(host));
  return (
    <Page>
      <PageHeader
        title="Drift"
        description={introduction(summary.data)}
        actions={
          mayCheck &&
          hosts.length > 0 && (
            <Button
              variant="outline"
              pending={check.isPending}
              onClick={() => check.mutate({ hostIds: 'all' })}
            >
              <RotateCw />
              {check.isPending ? 'Comparing the hosts' : 'Check all now'}
            </Button>
          )
        }
      />
      {check.isError && <ErrorState error={check.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Segmented<View>
          label="Which files"
          value={show}
          onValue={(value) => void setShow(value === 'open' ? null : value)}
          options={views.map((view) => ({
            value: view,
            title: (
              <>
                {viewTitles[view]}
                {summary.data && <span className="tabular-nums">{summary.data[view]}</span>}
              </>
            ),
          }))}
        />
        <Input
          type="search"
          data-page-search
          aria-label="Search drift"
          placeholder="Search hosts, sites and paths"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          className="max-w-xs flex-1 max-sm:max-w-none max-sm:basis-full"
        />
      </div>
      {(files.isPending || summary.isPending) && <ListSkeleton what="drift" />}
      {error && <ErrorState error={error} onRetry={retry} />}
      {files.isSuccess && summary.isSuccess && items.length === 0 && (
        <Nothing show={show} search={search} hosts={hosts} onClear={() => void setSearch(null)} />
      )}
      {files.isSuccess &&
        shown.map((host) => (
          <DriftHostCard key={host.id} host={host} files={groups.get(host.id) ?? []} show={show} />
        ))}
      <LoadMore query={files} />
      {files.isSuccess && show === 'open' && search === '' && quiet.length > 0 && (
        <QuietHosts hosts={quiet} />
      )}
    </Page>
  );
}

function introduction(summary: DriftSummary | undefined): string {
  const what = 'What was changed on the hosts since our last apply. Nothing is overwritten by itself.';
  if (!summary || summary.hosts.length === 0) return what;
  const { intervalMinutes } = summary;
  if (intervalMinutes === 0) return `${what} Hosts are compared only when you ask.`;
  const every =
    intervalMinutes === 1 ? 'every minute' : `every ${Math.round(intervalMinutes * 100) / 100} minutes`;
  return `${what} Every host is compared ${every}.`;
}

interface NothingProps {
  show: View;
  search: string;
  hosts: readonly DriftHost[];
  onClear: () => void;
}

function Nothing({ show, search, hosts, onClear }: NothingProps) {
  if (search !== '') {
    return (
      <Card>
        <EmptyState
          icon={SearchX}
          title="No file matches"
          action={
            <Button variant="outline" onClick={onClear}>
              Clear the search
            </Button>
          }
        >
          No {viewTitles[show].toLowerCase()} file has “{search}” in its path, its host or its site.
        </EmptyState>
      </Card>
    );
  }
  if (show !== 'open') {
    return (
      <Card>
        <EmptyState
          icon={CircleCheck}
          title={show === 'ignored' ? 'Nothing is ignored' : 'Nothing is accepted'}
        >
          {show === 'ignored'
            ? 'Files that you ignore wait here until they change again.'
            : 'Files that are to stay as they are on the host are listed here until they change again.'}
        </EmptyState>
      </Card>
    );
  }
  const compared = hosts.filter(({ checkedAt }) => checkedAt !== null).length;
  const lost = hosts.some(({ unreachableSince }) => unreachableSince !== null);
  return (
    <Card>
      <EmptyState
        icon={CircleCheck}
        title={
          compared === 0
            ? 'Nothing was compared yet'
            : lost
              ? 'No known drift'
              : 'Every host is as it was left'
        }
      >
        {compared === 0
          ? 'As soon as something was applied to a host, it is compared here with what is on it.'
          : lost
            ? 'Some hosts cannot be compared now; the others are as our applies left them.'
            : 'Somebody who edits one of our files on a host turns up here, with the edit.'}
      </EmptyState>
    </Card>
  );
}
