'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { LoadMore } from '#components/kit/load-more';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Card } from '#components/ui/card';
import { applyQueries } from '#queries/applies';
import { applyLooks } from '../../kit/looks/apply-looks';
import { TableSkeleton } from '../../kit/table-skeleton';

/** Applies that touched one site, newest first. */
export function SiteApplies({ siteId }: { siteId: string }) {
  const team = useTeam();
  const applies = useInfiniteQuery(applyQueries.list(team.slug, { siteId }));
  const rows = applies.data?.pages.flatMap(({ items }) => items) ?? [];
  if (applies.isPending) return <TableSkeleton rows={3} />;
  if (applies.isError) return <ErrorState error={applies.error} onRetry={() => applies.refetch()} />;
  if (rows.length === 0) {
    return (
      <EmptyState icon={Rocket} title="Never applied" className="rounded-lg border border-dashed">
        Plan the changes of this site, review them, and press Apply.
      </EmptyState>
    );
  }
  return (
    <>
      <Card>
        <ul className="divide-y">
          {rows.map((apply) => (
            <li
              key={apply.id}
              className="relative flex flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm hover:bg-accent/50"
            >
              <StatusBadge look={applyLooks[apply.status]} variant="plain" className="w-32" />
              <Link
                href={`/${team.slug}/applies/${apply.id}`}
                className="min-w-0 truncate font-medium after:absolute after:inset-0 after:content-['']"
              >
                {apply.hosts.join(', ') || 'no host'}
              </Link>
              {apply.failure && <span className="min-w-0 truncate text-danger">{apply.failure.message}</span>}
              <span className="ml-auto text-muted-foreground">
                {apply.requestedBy?.name ?? 'Gatehouse'}, <RelativeTime at={apply.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <LoadMore query={applies} />
    </>
  );
}
