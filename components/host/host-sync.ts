import { useInfiniteQuery } from '@tanstack/react-query';
import type { SyncStatus } from '#api/contract/sites';
import { siteQueries } from '#queries/sites';

export interface HostSync {
  readonly drifted: number;
  readonly outOfSync: number;
  /** There are more than were asked for. */
  readonly more: boolean;
}

function useSites(team: string, sync: SyncStatus) {
  return useInfiniteQuery(siteQueries.list(team, { sync }));
}

/** How many sites of each host are drifted or not as they were last saved. */
export function useHostSync(team: string): ReadonlyMap<string, HostSync> | null {
  const drifted = useSites(team, 'drifted');
  const outOfSync = useSites(team, 'out-of-sync');
  if (!drifted.data || !outOfSync.data) return null;
  const counts = new Map<string, { drifted: number; outOfSync: number; more: boolean }>();
  const more = drifted.hasNextPage || outOfSync.hasNextPage;
  for (const site of [...drifted.data.pages, ...outOfSync.data.pages].flatMap((page) => page.items)) {
    for (const target of site.targets) {
      const count = counts.get(target.hostId) ?? { drifted: 0, outOfSync: 0, more };
      if (target.sync === 'drifted') count.drifted++;
      if (target.sync === 'out-of-sync') count.outOfSync++;
      counts.set(target.hostId, count);
    }
  }
  return counts;
}
