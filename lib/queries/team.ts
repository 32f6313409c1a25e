import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from './call';
import { keyOf } from './keys';

export const teamQueries = {
  get: (slug: string) =>
    queryOptions({
      queryKey: keyOf('team.get', { params: { team: slug } }),
      queryFn: ({ signal }) => call('team.get', { params: { team: slug }, signal }),
    }),
  activity: (slug: string, limit = 100) =>
    infiniteQueryOptions({
      queryKey: keyOf('team.listActivity', { params: { team: slug }, query: { limit } }),
      queryFn: ({ pageParam, signal }) =>
        call('team.listActivity', {
          params: { team: slug },
          query: { limit, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
};
