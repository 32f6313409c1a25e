import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const listQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('lists.list', { params: { team } }),
      queryFn: ({ signal }) => call('lists.list', { params: { team }, signal }),
    }),
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('lists.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('lists.get', { params: { team, id }, signal }),
    }),
};

/** Sites say which lists they are on. */
function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: allOf('lists') }),
      client.invalidateQueries({ queryKey: allOf('sites') }),
    ]);
}

export function useCreateList(team: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BodyFor<'lists.create'>) => call('lists.create', { params: { team }, body }),
    onSuccess: refresh,
  });
}

export function useUpdateList(team: string, id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BodyFor<'lists.update'>) => call('lists.update', { params: { team, id }, body }),
    onSuccess: refresh,
  });
}

/** Answers what creates the list again. */
export function useRemoveList(team: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => call('lists.remove', { params: { team, id } }),
    onSuccess: refresh,
  });
}

export function useChangeListSites(team: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, ...body }: BodyFor<'lists.changeSites'> & { id: string }) =>
      call('lists.changeSites', { params: { team, id }, body }),
    onSuccess: refresh,
  });
}
