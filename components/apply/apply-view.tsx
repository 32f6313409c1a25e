'use client';
import { useQuery } from '@tanstack/react-query';
import { Radio, WifiOff } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { Apply } from '#api/contract/applies';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Skeleton } from '#components/ui/skeleton';
import { applyQueries } from '#queries/applies';
import { isFinal, type Liveness, useApplyEvents } from '#queries/apply-events';
import { useCreatePlan } from '#queries/plans';
import { list, shortList } from '../diff/change-text';
import { shortHash } from '../diff/short-hash';
import { applyLooks } from '../kit/looks/apply-looks';
import { useServerNow } from './server-clock';
import { TargetTimeline } from './target-timeline';
import { VerdictPanel } from './verdict-panel';

// Most applies that are looked at are over, and of one host.
const FleetPanel = later(() => import('./fleet-panel').then((module) => module.FleetPanel));
const HoldPanel = later(
  () => import('./hold-panel').then((module) => module.HoldPanel),
  () => <Skeleton className="h-20" />,
);

/** While the live stream is away the page asks by itself. */
const pollMs = 2_000;

/** An apply as it happens; after a reload, or for somebody else, the same. */
export function ApplyView({ id }: { id: string }) {
  const team = useTeam();
  const apply = useQuery(applyQueries.get(team.slug, id));
  if (apply.isPending) {
    return (
      <Page>
        <h1 className="sr-only">Apply</h1>
        <div role="status" className="flex flex-col gap-5">
          <span className="sr-only">Loading the apply</span>
          <Skeleton className="h-8 w-56" />
          <Skeleton className="h-20" />
          <Skeleton className="h-96" />
        </div>
      </Page>
    );
  }
  if (apply.isError) {
    return (
      <Page>
        <PageHeader title="Apply" parents={[{ label: 'Applies', href: `/${team.slug}/applies` }]} />
        <ErrorState error={apply.error} onRetry={() => apply.refetch()} />
      </Page>
    );
  }
  return <LiveApply apply={apply.data} />;
}

function LiveApply({ apply }: { apply: Apply }) {
  const team = useTeam();
  const router = useRouter();
  const over = isFinal(apply);
  const liveness = useApplyEvents(team.slug, apply.id, !over);
  useQuery({
    ...applyQueries.get(team.slug, apply.id),
    refetchInterval: !over && liveness === 'reconnecting' ? pollMs : false,
  });
  const nowMs = useServerNow(!over);
  const create = useCreatePlan(team.slug);
  const replan = () =>
    create.mutate(
      { siteIds: apply.sites.map((site) => site.id) },
      { onSuccess: (plan) => router.push(`/${team.slug}/plans/${plan.id}`) },
    );
  return (
    <Page>
      <PageHeader
        title={`Apply to ${list(apply.hosts) || 'no host'}`}
        badges={
          <>
            <StatusBadge look={applyLooks[apply.status]} />
            {!over && <LiveBadge liveness={liveness} />}
          </>
        }
        parents={[{ label: 'Applies', href: `/${team.slug}/applies` }]}
        description={
          <>
            {shortList(apply.sites.map((site) => site.name))} ·{' '}
            {apply.requestedBy ? `${apply.requestedBy.name} ` : ''}
            <RelativeTime at={apply.createdAt} />
          </>
        }
        actions={
          <Button asChild variant="outline">
            <Link href={`/${team.slug}/plans/${apply.planId}`}>
              Plan <code className="font-mono">{shortHash(apply.planHash)}</code>
            </Link>
          </Button>
        }
      />
      <VerdictPanel
        team={team.slug}
        apply={apply}
        onReplan={team.can('plans.create') ? replan : undefined}
        pending={create.isPending}
      />
      {create.isError && <ErrorState error={create.error} onRetry={replan} />}
      {apply.status === 'holding' && <HoldPanel apply={apply} />}
      {apply.targets.length > 1 && <FleetPanel apply={apply} />}
      {apply.targets.map((target) => (
        <TargetTimeline
          key={target.id}
          team={team.slug}
          target={target}
          nowMs={nowMs}
          single={apply.targets.length === 1}
        />
      ))}
    </Page>
  );
}

function LiveBadge({ liveness }: { liveness: Liveness }) {
  const lost = liveness === 'reconnecting';
  const Icon = lost ? WifiOff : Radio;
  return (
    <span className="inline-flex items-center gap-1 text-muted-foreground text-xs">
      <Icon className={lost ? 'size-3.5 text-warning' : 'size-3.5 text-ok'} aria-hidden />
      {lost ? 'Live view lost, asking every 2 s' : liveness === 'live' ? 'Live' : 'Connecting'}
    </span>
  );
}
