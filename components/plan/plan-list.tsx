'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileDiff, Plus } from 'lucide-react';
import Link from 'next/link';
import type { PlanSummary } from '#api/contract/plans';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { planQueries } from '#queries/plans';
import { RunsNav } from '../apply/runs-nav';
import { shortList } from '../diff/change-text';
import { shortHash } from '../diff/short-hash';
import { ListSkeleton } from '../kit/list-skeleton';
import { planLooks } from '../kit/looks/plan-looks';
import { useRowKeys } from '../kit/row-keys';
import { RowLink } from '../kit/row-link';

/** Every plan of the team, newest first. */
export function PlanList() {
  const team = useTeam();
  useRowKeys();
  const plans = useInfiniteQuery(planQueries.list(team.slug));
  const items = plans.data?.pages.flatMap((page) => page.items) ?? [];
  const newPlan = team.can('plans.create') && (
    <Button asChild>
      <Link href={`/${team.slug}/plans/new`}>
        <Plus />
        New plan
      </Link>
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="Plans"
        description="What an apply would change, against what was on the hosts when it was read."
        actions={newPlan}
      />
      <RunsNav current="plans" />
      {plans.isPending && <ListSkeleton what="plans" />}
      {plans.isError && <ErrorState error={plans.error} onRetry={() => plans.refetch()} />}
      {plans.isSuccess && items.length === 0 && (
        <Card>
          <EmptyState icon={FileDiff} title="No plan yet" action={newPlan}>
            A plan reads the hosts and shows, line by line, what applying your sites would change. It writes
            nothing.
          </EmptyState>
        </Card>
      )}
      {items.length > 0 && (
        <Card className="overflow-hidden">
          <ul aria-label="Plans" className="divide-y">
            {items.map((plan) => (
              <PlanRow key={plan.id} team={team.slug} plan={plan} />
            ))}
          </ul>
        </Card>
      )}
      {plans.hasNextPage && (
        <Button
          variant="outline"
          className="self-center"
          pending={plans.isFetchingNextPage}
          onClick={() => plans.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </Page>
  );
}

function PlanRow({ team, plan }: { team: string; plan: PlanSummary }) {
  const sites = shortList(plan.sites.map((site) => site.name));
  return (
    <RowLink
      href={`/${team}/plans/${plan.id}`}
      label={`Plan ${shortHash(plan.hash)} of ${sites}: ${planLooks[plan.state].label}`}
    >
      <span className="w-40 shrink-0">
        <StatusBadge look={planLooks[plan.state]} />
      </span>
      <span className="min-w-0 flex-1 basis-48">
        <span className="block truncate font-medium">{sites || 'No site'}</span>
        <span className="block truncate text-muted-foreground text-xs">
          <code>{shortHash(plan.hash)}</code> · {countWords(plan.counts)}
        </span>
      </span>
      <span className="text-muted-foreground text-xs sm:text-right">
        {plan.createdBy && <span className="block">{plan.createdBy.name}</span>}
        <RelativeTime at={plan.createdAt} />
      </span>
    </RowLink>
  );
}

function countWords({ create, update, delete: removed, targets }: PlanSummary['counts']): string {
  const parts = [
    [update, 'changed'],
    [create, 'new'],
    [removed, 'deleted'],
  ] as const;
  const files = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return `${files.join(', ') || 'no file changes'} on ${targets} ${targets === 1 ? 'target' : 'targets'}`;
}
