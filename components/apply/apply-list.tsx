'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import Link from 'next/link';
import type { ApplySummary } from '#api/contract/applies';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { applyWords } from '#core/state/words/apply-words';
import { applyQueries } from '#queries/applies';
import { list, shortList } from '../diff/change-text';
import { plainOutput } from '../diff/visible-text';
import { formatDuration } from '../kit/duration';
import { ListSkeleton } from '../kit/list-skeleton';
import { applyLooks } from '../kit/looks/apply-looks';
import { useRowKeys } from '../kit/row-keys';
import { RowLink } from '../kit/row-link';
import { sentence } from '../kit/sentence';
import { RunsNav } from './runs-nav';
import { isOver } from './verdict-text';

const refreshMs = 3_000;

/** Every apply of the team, newest first. */
export function ApplyList() {
  const team = useTeam();
  useRowKeys();
  const applies = useInfiniteQuery({
    ...applyQueries.list(team.slug),
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((apply) => !isOver(apply.status)))
        ? refreshMs
        : false,
  });
  const items = applies.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page>
      <PageHeader title="Applies" description="What was written to the hosts, by whom, and how it ended." />
      <RunsNav current="applies" />
      {applies.isPending && <ListSkeleton what="applies" />}
      {applies.isError && <ErrorState error={applies.error} onRetry={() => applies.refetch()} />}
      {applies.isSuccess && items.length === 0 && (
        <Card>
          <EmptyState
            icon={Rocket}
            title="No applies yet"
            action={
              <Button asChild variant="outline">
                <Link href={`/${team.slug}/sites`}>Go to the sites</Link>
              </Button>
            }
          >
            Choose a site, make a plan, review the diff and apply it. Every apply is kept here with its steps
            and output.
          </EmptyState>
        </Card>
      )}
      {items.length > 0 && (
        <Card className="overflow-hidden">
          <ul aria-label="Applies" className="divide-y">
            {items.map((apply) => (
              <ApplyRow key={apply.id} team={team.slug} apply={apply} />
            ))}
          </ul>
        </Card>
      )}
      {applies.hasNextPage && (
        <Button
          variant="outline"
          className="self-center"
          pending={applies.isFetchingNextPage}
          onClick={() => applies.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </Page>
  );
}

function ApplyRow({ team, apply }: { team: string; apply: ApplySummary }) {
  const sites = shortList(apply.sites.map((site) => site.name));
  const hosts = list(apply.hosts);
  const took =
    apply.startedAt && apply.finishedAt
      ? formatDuration(Date.parse(apply.finishedAt) - Date.parse(apply.startedAt))
      : null;
  return (
    <RowLink
      href={`/${team}/applies/${apply.id}`}
      label={`${applyWords[apply.status].label}: ${sites} to ${hosts}`}
    >
      <span className="w-32 shrink-0">
        <StatusBadge look={applyLooks[apply.status]} />
      </span>
      <span className="min-w-0 flex-1 basis-48">
        <span className="block truncate font-medium">{sites || 'No site'}</span>
        <span className="block truncate text-muted-foreground text-xs">
          {apply.failure ? plainOutput(sentence(apply.failure.message)) : `on ${hosts}`}
        </span>
      </span>
      <span className="text-muted-foreground text-xs sm:text-right">
        {apply.requestedBy && <span className="block">{apply.requestedBy.name}</span>}
        <span className="block">
          <RelativeTime at={apply.createdAt} />
          {took && ` · ${took}`}
        </span>
      </span>
    </RowLink>
  );
}
