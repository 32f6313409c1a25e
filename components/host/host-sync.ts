import { useInfiniteQuery } from '@tanstack/react-query';
import { siteQueries } from '#queries/sites';

export interface HostSync {
  readonly outOfSync: number;
  /** There are more than were asked for. */
  readonly more: boolean;
}

/** How many sites of each host are not as they were last saved. */
export function useHostSync(team: string): ReadonlyMap<string, HostSync> | null {
  const outOfSync = useInfiniteQuery(siteQueries.list(team, { sync: 'out-of-sync' }));
  if (!outOfSync.data) return null;
  const counts = new Map<string, { outOfSync: number; more: boolean }>();
  const more = outOfSync.hasNextPage;
  for (const site of outOfSync.data.pages.flatMap((page) => page.items)) {
    for (const target of site.targets) {
      const count = counts.get(target.hostId) ?? { outOfSync: 0, more };
      if (target.sync === 'out-of-sync') count.outOfSync++;
      counts.set(target.hostId, count);
    }
  }
  return counts;
}
