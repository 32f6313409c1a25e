import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';

export const sessionQueries = {
  get: () =>
    queryOptions({
      queryKey: keyOf('session.get'),
      queryFn: ({ signal }) => call('session.get', { signal }),
      staleTime: 60_000,
    }),
  setupStatus: () =>
    queryOptions({
      queryKey: keyOf('session.setupStatus'),
      queryFn: ({ signal }) => call('session.setupStatus', { signal }),
    }),
  devices: () =>
    queryOptions({
      queryKey: keyOf('session.listDevices'),
      queryFn: ({ signal }) => call('session.listDevices', { signal }),
    }),
};

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'session.signIn'>) => call('session.signIn', { body }),
    onSuccess: (data) => {
      // What another person may not see must not stay in memory.
      client.clear();
      if ('user' in data) client.setQueryData(sessionQueries.get().queryKey, data);
    },
  });
}

export function useEnterCode() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'session.enterCode'>) => call('session.enterCode', { body }),
    onSuccess: (data) => client.setQueryData(sessionQueries.get().queryKey, data),
  });
}

export function useSetup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'session.setup'>) => call('session.setup', { body }),
    onSuccess: (data) => {
      client.clear();
      client.setQueryData(sessionQueries.get().queryKey, data);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call('session.signOut', {}),
    // What another person may not see must not stay in memory.
    onSuccess: () => client.clear(),
  });
}

export function useRevokeDevice() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('session.revokeDevice', { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQueries.devices().queryKey }),
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'session.changePassword'>) => call('session.changePassword', { body }),
    onSuccess: () => client.invalidateQueries({ queryKey: sessionQueries.devices().queryKey }),
  });
}
