import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const sharingQueries = {
  of: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('lists.listShares', { params: { team, id } }),
      queryFn: ({ signal }) => call('lists.listShares', { params: { team, id }, signal }),
    }),
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('shared.list', { params: { team } }),
      queryFn: ({ signal }) => call('shared.list', { params: { team }, signal }),
    }),
  get: (team: string, id: string) =>
    infiniteQueryOptions({
      queryKey: keyOf('shared.get', { params: { team, id } }),
      queryFn: ({ pageParam, signal }) =>
        call('shared.get', {
          params: { team, id },
          query: { limit: 200, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  site: (team: string, id: string, site: string) =>
    queryOptions({
      queryKey: keyOf('shared.getSite', { params: { team, id, site } }),
      queryFn: ({ signal }) => call('shared.getSite', { params: { team, id, site }, signal }),
    }),
  link: (token: string) =>
    queryOptions({
      queryKey: keyOf('shared.open', { params: { token } }),
      queryFn: ({ signal }) => call('shared.open', { params: { token }, signal }),
    }),
};

function useSharesChange<T>(team: string, id: string, change: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: sharingQueries.of(team, id).queryKey }),
  });
}

export const useShareList = (team: string, id: string) =>
  useSharesChange(team, id, (body: BodyFor<'lists.share'>) =>
    call('lists.share', { params: { team, id }, body }),
  );
export const useUnshareList = (team: string, id: string) =>
  useSharesChange(team, id, (share: string) => call('lists.unshare', { params: { team, id, share } }));
export const useRevokeLink = (team: string, id: string) =>
  useSharesChange(team, id, (link: string) => call('lists.revokeLink', { params: { team, id, link } }));

/** Answers the link's token, this once. */
export function useCreateLink(team: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (days: number) => call('lists.createLink', { params: { team, id }, body: { days } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sharingQueries.of(team, id).queryKey }),
  });
}

export function useUpdateSharedSite(team: string, id: string, site: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ head, ...body }: BodyFor<'shared.updateSite'> & { head: number }) =>
      call('shared.updateSite', { params: { team, id, site }, body, ifMatch: head }),
    onSuccess: () => client.invalidateQueries({ queryKey: allOf('shared') }),
  });
}
