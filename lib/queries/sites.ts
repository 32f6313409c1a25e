import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call, type QueryFor } from './call';
import { allOf, keyOf } from './keys';

export type SitesFilter = Omit<QueryFor<'sites.list'>, 'cursor'>;

export const siteQueries = {
  /** All pages of a filtered list; `pageSize` rows are asked at a time. */
  list: (team: string, filter: SitesFilter = {}) => {
    const query = { limit: 200, ...filter };
    return infiniteQueryOptions({
      queryKey: keyOf('sites.list', { params: { team }, query }),
      queryFn: ({ pageParam, signal }) =>
        call('sites.list', {
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
      queryKey: keyOf('sites.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('sites.get', { params: { team, id }, signal }),
    }),
  revisions: (team: string, id: string, limit = 100) =>
    infiniteQueryOptions({
      queryKey: keyOf('sites.listRevisions', { params: { team, id }, query: { limit } }),
      queryFn: ({ pageParam, signal }) =>
        call('sites.listRevisions', {
          params: { team, id },
          query: { limit, ...(pageParam ? { cursor: pageParam } : {}) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    }),
  revision: (team: string, id: string, number: number) =>
    queryOptions({
      queryKey: keyOf('sites.getRevision', { params: { team, id, number } }),
      queryFn: ({ signal }) => call('sites.getRevision', { params: { team, id, number }, signal }),
      // A revision never changes.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  blame: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('sites.blame', { params: { team, id } }),
      queryFn: ({ signal }) => call('sites.blame', { params: { team, id }, signal }),
    }),
  probes: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('sites.listProbes', { params: { team, id } }),
      queryFn: ({ signal }) => call('sites.listProbes', { params: { team, id }, signal }),
    }),
};

type SiteBody = BodyFor<'sites.update'>;

export function useCreateSite(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SiteBody) => call('sites.create', { params: { team }, body }),
    onSuccess: (site) => {
      client.setQueryData(siteQueries.get(team, site.id).queryKey, site);
      return client.invalidateQueries({ queryKey: allOf('team') });
    },
  });
}

/** Saves a new revision made from revision `head`; the server refuses (412) when somebody saved in between. */
export function useUpdateSite(team: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ head, ...body }: SiteBody & { head: number }) =>
      call('sites.update', { params: { team, id }, body, ifMatch: head }),
    onSuccess: (site) => {
      client.setQueryData(siteQueries.get(team, id).queryKey, site);
      return client.invalidateQueries({ queryKey: allOf('sites') });
    },
  });
}

/** Lets the head be planned again where it was undone. */
export function useLiftHold(team: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('sites.liftHold', { params: { team, id } }),
    onSuccess: (site) => {
      client.setQueryData(siteQueries.get(team, id).queryKey, site);
      return client.invalidateQueries({ queryKey: allOf('sites') });
    },
  });
}

export function useRemoveSite(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('sites.remove', { params: { team, id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [...allOf('sites'), 'list'] }),
  });
}

/** What one edit of many sites would do; changes nothing. */
export function useEditDryRun(team: string) {
  return useMutation({
    mutationFn: (body: Omit<BodyFor<'sites.edit'>, 'dryRun'>) =>
      call('sites.edit', { params: { team }, body: { ...body, dryRun: true } }),
  });
}

/** The real run, of exactly what the dry run with this digest found. */
export function useEditSites(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<BodyFor<'sites.edit'>, 'dryRun'> & { digest: string }) =>
      call('sites.edit', { params: { team }, body: { ...body, dryRun: false } }),
    onSuccess: () => client.invalidateQueries({ queryKey: allOf('sites') }),
  });
}

/** Checks the site through its proxy now; takes as long as the slowest check, some seconds. */
export function useCheckSite(team: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('sites.check', { params: { team, id } }),
    onSuccess: ({ items }) => {
      client.setQueryData(siteQueries.probes(team, id).queryKey, { items });
      for (const queryKey of [
        ['sites', 'list'],
        ['sites', 'get'],
      ])
        void client.invalidateQueries({ queryKey });
    },
  });
}
