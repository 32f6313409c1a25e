'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { planQueries } from '#queries/plans';
import { PlanSkeleton } from './plan-skeleton';

const loadBody = () => import('./plan-body').then((module) => module.PlanBody);
const PlanBody = later(loadBody, PlanSkeleton);

/** The review: everything that an apply would do, against what is on the hosts now. */
export function PlanReview({ id }: { id: string }) {
  const team = useTeam();
  const plan = useQuery(planQueries.get(team.slug, id));
  // Beside the plan itself, not after it.
  useEffect(() => void loadBody(), []);
  if (plan.isPending) return <PlanSkeleton />;
  if (plan.isError) {
    return (
      <Page>
        <PageHeader title="Plan" parents={[{ label: 'Plans', href: `/${team.slug}/plans` }]} />
        <ErrorState error={plan.error} onRetry={() => plan.refetch()} />
      </Page>
    );
  }
  return <PlanBody plan={plan.data} />;
}
