import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const policyQueries = {
  get: (team: string) =>
    queryOptions({
      queryKey: keyOf('policies.get', { params: { team } }),
      queryFn: ({ signal }) => call('policies.get', { params: { team }, signal }),
    }),
};

/** Policies decide about every open review, and groups stand with the hosts. */
function useRefresh() {
  const client = useQueryClient();
  return {
    onSuccess: () =>
      Promise.all(
        (['policies', 'reviews', 'hosts'] as const).map((noun) =>
          client.invalidateQueries({ queryKey: allOf(noun) }),
        ),
      ),
  };
}

export function useUpdatePolicies(team: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'policies.update'>) => call('policies.update', { params: { team }, body }),
    ...useRefresh(),
  });
}

/** Creates a group, or changes the one with the id. */
export function useSaveGroup(team: string, id: string | null) {
  return useMutation({
    mutationFn: (body: BodyFor<'groups.create'>) =>
      id === null
        ? call('groups.create', { params: { team }, body })
        : call('groups.update', { params: { team, id }, body }),
    ...useRefresh(),
  });
}

export function useRemoveGroup(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('groups.remove', { params: { team, id } }),
    ...useRefresh(),
  });
}

export function useCreateFreeze(team: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'freezes.create'>) => call('freezes.create', { params: { team }, body }),
    ...useRefresh(),
  });
}

export function useRemoveFreeze(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('freezes.remove', { params: { team, id } }),
    ...useRefresh(),
  });
}
