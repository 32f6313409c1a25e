import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Apply } from '#api/contract/applies';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';
import { planQueries } from './plans';

export const applyQueries = {
  list: (team: string, filter: { siteId?: string; limit?: number } = {}) => {
    const query = { limit: 50, ...filter };
    return infiniteQueryOptions({
      queryKey: keyOf('applies.list', { params: { team }, query }),
      queryFn: ({ pageParam, signal }) =>
        call('applies.list', {
          params: { team },
          query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    });
  },
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('applies.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('applies.get', { params: { team, id }, signal }),
    }),
  /** Asks the hosts each time. */
  takenPorts: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('applies.takenPorts', { params: { team, id } }),
      queryFn: ({ signal }) => call('applies.takenPorts', { params: { team, id }, signal }),
      staleTime: 0,
    }),
};

/** Puts the answer of a change where the pages read it; sites, hosts and progress follow from it. */
function useApplyStore(team: string) {
  const client = useQueryClient();
  return (apply: Apply) => {
    client.setQueryData(applyQueries.get(team, apply.id).queryKey, apply);
    // Not waited for: the page that asked may be gone when they are done, and with it what it wanted to do next.
    for (const queryKey of [
      ['applies', 'list'],
      allOf('plans'),
      allOf('sites'),
      allOf('team'),
      allOf('drift'),
    ])
      void client.invalidateQueries({ queryKey });
  };
}

export function useCreateApply(team: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'applies.create'>) => call('applies.create', { params: { team }, body }),
    onSuccess: useApplyStore(team),
  });
}

export function useConfirmApply(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('applies.confirm', { params: { team, id } }),
    onSuccess: useApplyStore(team),
  });
}

export function useRollbackApply(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('applies.rollback', { params: { team, id } }),
    onSuccess: useApplyStore(team),
  });
}

/** Begins no further host. */
export function useCancelApply(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('applies.cancel', { params: { team, id } }),
    onSuccess: useApplyStore(team),
  });
}

/** A plan that brings back what ran before. */
export function useUndoApply(team: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('applies.undo', { params: { team, id } }),
    onSuccess: (plan) => {
      client.setQueryData(planQueries.get(team, plan.id).queryKey, plan);
      return client.invalidateQueries({ queryKey: ['plans', 'list'] });
    },
  });
}
