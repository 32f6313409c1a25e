import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const planQueries = {
  list: (team: string, limit = 50) =>
    infiniteQueryOptions({
      queryKey: keyOf('plans.list', { params: { team }, query: { limit } }),
      queryFn: ({ pageParam, signal }) =>
        call('plans.list', {
          params: { team },
          query: { limit, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('plans.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('plans.get', { params: { team, id }, signal }),
    }),
};

/** Reads the hosts now; takes as long as the slowest of them. */
export function useCreatePlan(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'plans.create'>) => call('plans.create', { params: { team }, body }),
    onSuccess: (plan) => {
      client.setQueryData(planQueries.get(team, plan.id).queryKey, plan);
      // Reading the hosts tells more than the plan: what they hold already is on record now, and drift that a revision took over is closed.
      for (const queryKey of [['plans', 'list'], allOf('sites'), allOf('drift'), allOf('hosts')])
        void client.invalidateQueries({ queryKey });
    },
  });
}
