import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ActivityFilter } from '#api/contract/activity';
import { endpointUrl } from '#api/send';
import { call } from './call';
import { endpoints } from './endpoints';
import { keyOf } from './keys';

export const activityQueries = {
  list: (team: string, filter: ActivityFilter = {}, limit = 100) =>
    infiniteQueryOptions({
      queryKey: keyOf('activity.list', { params: { team }, query: { limit, ...filter } }),
      queryFn: ({ pageParam, signal }) =>
        call('activity.list', {
          params: { team },
          query: { limit, ...filter, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  /** Reads the whole record: asked for by a person, never by itself. */
  verify: (team: string) =>
    queryOptions({
      queryKey: keyOf('activity.verify', { params: { team } }),
      queryFn: ({ signal }) => call('activity.verify', { params: { team }, signal }),
      enabled: false,
      gcTime: 0,
    }),
};

/** Address of a download of everything that a filter finds. */
export function activityExportUrl(team: string, filter: ActivityFilter): string {
  const [, path = ''] = endpoints.activity.export.split(' ');
  return endpointUrl({ path }, { params: { team }, query: filter });
}
