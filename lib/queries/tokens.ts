import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';

export const tokenQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('tokens.list', { params: { team } }),
      queryFn: ({ signal }) => call('tokens.list', { params: { team }, signal }),
    }),
};

export function useCreateToken(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'tokens.create'>) => call('tokens.create', { params: { team }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokenQueries.list(team).queryKey }),
  });
}

export function useRevokeToken(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('tokens.revoke', { params: { team, id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokenQueries.list(team).queryKey }),
  });
}
