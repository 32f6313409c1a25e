import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const tokenQueries = {
  list: (team: string, whose: 'own' | 'team' = 'own') =>
    queryOptions({
      queryKey: keyOf('tokens.list', { params: { team }, query: { whose } }),
      queryFn: ({ signal }) => call('tokens.list', { params: { team }, query: { whose }, signal }),
    }),
};

export function useCreateToken(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'tokens.create'>) => call('tokens.create', { params: { team }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: allOf('tokens') }),
  });
}

export function useRevokeToken(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('tokens.revoke', { params: { team, id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: allOf('tokens') }),
  });
}
