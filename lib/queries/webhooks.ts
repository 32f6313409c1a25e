import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type AnswerOf, type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

/** How often the log is read again while a message is on its way. */
const onItsWayMs = 1_500;
const quietMs = 15_000;

export const webhookQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('webhooks.list', { params: { team } }),
      queryFn: ({ signal }) => call('webhooks.list', { params: { team }, signal }),
    }),
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('webhooks.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('webhooks.get', { params: { team, id }, signal }),
    }),
  deliveries: (team: string, webhookId: string, limit = 25) =>
    infiniteQueryOptions({
      queryKey: keyOf('deliveries.list', { params: { team }, query: { webhookId, limit } }),
      queryFn: ({ pageParam, signal }) =>
        call('deliveries.list', {
          params: { team },
          query: { webhookId, limit, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
      refetchInterval: ({ state }) =>
        state.data?.pages.some(({ items }) => items.some(isOnItsWay)) ? onItsWayMs : quietMs,
    }),
};

type Delivery = AnswerOf<'deliveries.list'>['items'][number];
const isOnItsWay = ({ status, nextAt }: Delivery) =>
  status === 'waiting' && nextAt !== null && Date.parse(nextAt) <= Date.now() + onItsWayMs;

/** After a change both the webhook and its log are read again. */
function useStale() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: allOf('webhooks') }),
      client.invalidateQueries({ queryKey: allOf('deliveries') }),
    ]);
}

export function useCreateWebhook(team: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'webhooks.create'>) => call('webhooks.create', { params: { team }, body }),
    onSuccess: useStale(),
  });
}

export function useUpdateWebhook(team: string, id: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'webhooks.update'>) => call('webhooks.update', { params: { team, id }, body }),
    onSuccess: useStale(),
  });
}

export function useRemoveWebhook(team: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('webhooks.remove', { params: { team, id } }),
    // The page of the webhook is still there for a moment; it must not ask for what is gone.
    onSuccess: () => client.invalidateQueries({ queryKey: webhookQueries.list(team).queryKey }),
  });
}

export function useTestWebhook(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('webhooks.test', { params: { team, id } }),
    onSuccess: useStale(),
  });
}

export function useRedeliver(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('deliveries.redeliver', { params: { team, id } }),
    onSuccess: useStale(),
  });
}
