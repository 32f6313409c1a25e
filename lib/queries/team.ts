import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';
import { sessionQueries } from './session';

export const teamQueries = {
  get: (slug: string) =>
    queryOptions({
      queryKey: keyOf('team.get', { params: { team: slug } }),
      queryFn: ({ signal }) => call('team.get', { params: { team: slug }, signal }),
    }),
};

export function useCreateTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'team.create'>) => call('team.create', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQueries.get().queryKey }),
  });
}

export function useUpdateTeam(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'team.update'>) => call('team.update', { params: { team }, body }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: sessionQueries.get().queryKey }),
        client.invalidateQueries({ queryKey: teamQueries.get(team).queryKey }),
      ]),
  });
}
