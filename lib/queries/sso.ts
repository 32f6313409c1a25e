import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';
import { sessionQueries } from './session';

export const ssoQueries = {
  methods: () =>
    queryOptions({
      queryKey: keyOf('sso.methods'),
      queryFn: ({ signal }) => call('sso.methods', { signal }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};

export function useBeginSso() {
  return useMutation({ mutationFn: () => call('sso.begin', {}) });
}

export function useFinishSso() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'sso.finish'>) => call('sso.finish', { body }),
    onSuccess: (data) => {
      client.clear();
      if ('user' in data) client.setQueryData(sessionQueries.get().queryKey, data);
    },
  });
}

export function useSignInByProxy() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('sso.byProxy', {}),
    onSuccess: (data) => client.setQueryData(sessionQueries.get().queryKey, data),
  });
}
