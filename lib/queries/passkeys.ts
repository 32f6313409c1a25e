import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';
import { sessionQueries } from './session';

export const passkeyQueries = {
  list: () =>
    queryOptions({
      queryKey: keyOf('passkeys.list'),
      queryFn: ({ signal }) => call('passkeys.list', { signal }),
    }),
};

/** What the browser needs next; asked for at the press of a button, never kept. */
export const preparePasskey = () => call('passkeys.prepare', {});
export const challengePasskey = () => call('passkeys.challenge', {});

function useListChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: passkeyQueries.list().queryKey });
}

export function useCreatePasskey() {
  const onSuccess = useListChanged();
  return useMutation({
    mutationFn: (body: BodyFor<'passkeys.create'>) => call('passkeys.create', { body }),
    onSuccess,
  });
}

export function useRenamePasskey() {
  const onSuccess = useListChanged();
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      call('passkeys.rename', { params: { id }, body: { name } }),
    onSuccess,
  });
}

export function useRemovePasskey() {
  const onSuccess = useListChanged();
  return useMutation({
    mutationFn: (id: string) => call('passkeys.remove', { params: { id } }),
    onSuccess,
  });
}

export function useSignInWithPasskey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'passkeys.signIn'>) => call('passkeys.signIn', { body }),
    onSuccess: (data) => {
      client.clear();
      client.setQueryData(sessionQueries.get().queryKey, data);
    },
  });
}
