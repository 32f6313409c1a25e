import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const templateQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('templates.list', { params: { team } }),
      queryFn: ({ signal }) => call('templates.list', { params: { team }, signal }),
    }),
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('templates.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('templates.get', { params: { team, id }, signal }),
    }),
};

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: allOf('templates') });
}

export function useCreateTemplate(team: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: BodyFor<'templates.create'>) => call('templates.create', { params: { team }, body }),
    onSuccess: refresh,
  });
}

/** Changes the version that was seen; refused (412) when somebody changed it since. Then what is shown is read again. */
export function useUpdateTemplate(team: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, version, ...body }: BodyFor<'templates.update'> & { id: string; version: string }) =>
      call('templates.update', { params: { team, id }, body, ifMatch: version }),
    onSettled: refresh,
  });
}

/** Answers what creates the template again. */
export function useRemoveTemplate(team: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (id: string) => call('templates.remove', { params: { team, id } }),
    onSuccess: refresh,
  });
}

/** Gets a template's document to begin a form with, as it is now. */
export function useTakeTemplate(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('templates.get', { params: { team, id } }),
  });
}
