'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { StatusBadge } from '#components/kit/status-badge';
import { Button } from '#components/ui/button';
import { Card, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { siteQueries } from '#queries/sites';
import { syncLooks } from '../kit/looks/sync-looks';
import { HealthBadge } from '../site/health-badge';

/** The sites that run, or should run, on a host. */
export function HostSites({ team, hostId }: { team: string; hostId: string }) {
  const sites = useInfiniteQuery(siteQueries.list(team, { hostId, limit: 50 }));
  const items = sites.data?.pages.flatMap((page) => page.items) ?? [];
  const total = sites.data?.pages[0]?.total ?? 0;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>
          Sites{total > 0 && <span className="ml-1.5 font-normal text-muted-foreground">{total}</span>}
        </CardTitle>
      </CardHeader>
      {sites.isPending && <Skeleton className="m-4 h-6" />}
      {sites.isError && (
        <p className="px-4 py-3 text-muted-foreground text-sm">The sites could not be loaded.</p>
      )}
      {sites.isSuccess && items.length === 0 && (
        <p className="px-4 py-3 text-muted-foreground text-sm">No site is meant to run here yet.</p>
      )}
      {items.length > 0 && (
        <ul className="divide-y">
          {items.map((site) => {
            const target = site.targets.find((each) => each.hostId === hostId);
            return (
              <li key={site.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
                <Link
                  href={`/${team}/sites/${site.id}`}
                  className="min-w-0 flex-1 basis-40 truncate rounded-sm font-medium underline-offset-4 hover:underline"
                >
                  {site.name}
                </Link>
                <span className="min-w-0 flex-1 basis-40 truncate text-muted-foreground">
                  {site.hostnames.join(', ')}
                </span>
                <span className="sm:w-28">
                  <StatusBadge
                    look={syncLooks[target?.sync ?? site.sync]}
                    seenAt={target ? target.comparedAt : site.syncSeenAt}
                  />
                </span>
                <span className="sm:w-28">
                  <HealthBadge site={site} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {sites.hasNextPage && (
        <Button
          variant="ghost"
          className="w-full rounded-none border-t"
          pending={sites.isFetchingNextPage}
          onClick={() => sites.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </Card>
  );
}
