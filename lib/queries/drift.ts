import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { DriftFile, DriftSummary } from '#api/contract/drift';
import { type BodyFor, call, type QueryFor } from './call';
import { allOf, keyOf } from './keys';
import { planQueries } from './plans';

export type DriftFilter = Omit<QueryFor<'drift.list'>, 'cursor'>;

export const driftQueries = {
  list: (team: string, filter: DriftFilter = {}) => {
    const query = { limit: 200, ...filter };
    return infiniteQueryOptions({
      queryKey: keyOf('drift.list', { params: { team }, query }),
      queryFn: ({ pageParam, signal }) =>
        call('drift.list', {
          params: { team },
          query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    });
  },
  summary: (team: string) =>
    queryOptions({
      queryKey: keyOf('drift.summary', { params: { team } }),
      queryFn: ({ signal }) => call('drift.summary', { params: { team }, signal }),
    }),
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('drift.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('drift.get', { params: { team, id }, signal }),
    }),
};

/** Compares hosts now; takes as long as the slowest, less than a minute. */
export function useCheckDrift(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'drift.check'>) => call('drift.check', { params: { team }, body }),
    onSuccess: (summary: DriftSummary) => {
      client.setQueryData(driftQueries.summary(team).queryKey, summary);
      for (const queryKey of [['drift', 'list'], ['drift', 'get'], allOf('sites'), allOf('hosts')])
        void client.invalidateQueries({ queryKey });
    },
  });
}

/** A plan that puts the files back; nothing is written before it is applied. */
export function useRevertDrift(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) => call('drift.revert', { params: { team }, body: { ids } }),
    onSuccess: (plan) => {
      client.setQueryData(planQueries.get(team, plan.id).queryKey, plan);
      return client.invalidateQueries({ queryKey: ['plans', 'list'] });
    },
  });
}

/** What was decided shows in the inbox, at the site and in the counts. */
function useDecided() {
  const client = useQueryClient();
  return () => {
    // Not waited for: the panel that asked may be gone when they are done, and with it what it wanted to say.
    for (const queryKey of [allOf('drift'), allOf('sites')]) void client.invalidateQueries({ queryKey });
  };
}

type Seen = Pick<DriftFile, 'id' | 'print'>;

export function useIgnoreDrift(team: string) {
  return useMutation({
    mutationFn: ({ id, print, reason }: Seen & { reason: string }) =>
      call('drift.ignore', { params: { team, id }, body: { print, reason } }),
    onSuccess: useDecided(),
  });
}

export function useAcceptDrift(team: string) {
  return useMutation({
    mutationFn: ({ id, print, reason }: Seen & { reason: string }) =>
      call('drift.accept', { params: { team, id }, body: { print, reason } }),
    onSuccess: useDecided(),
  });
}

export function useAdoptDrift(team: string) {
  return useMutation({
    mutationFn: ({ id, print }: Seen) => call('drift.adopt', { params: { team, id }, body: { print } }),
    onSuccess: useDecided(),
  });
}

export function useReopenDrift(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('drift.reopen', { params: { team, id } }),
    onSuccess: useDecided(),
  });
}
