import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const peopleQueries = {
  list: (search: string) => {
    const query = search ? { search } : {};
    return infiniteQueryOptions({
      queryKey: keyOf('people.list', { query }),
      queryFn: ({ pageParam, signal }) =>
        call('people.list', { query: { ...query, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (last) => last.next,
    });
  },
};

export type PersonChange =
  | 'disable'
  | 'enable'
  | 'makeAdministrator'
  | 'unmakeAdministrator'
  | 'clearFactors';

export function useChangePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: PersonChange }): Promise<unknown> =>
      change === 'clearFactors'
        ? call('factors.clear', { params: { id } })
        : call(`people.${change}`, { params: { id } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: allOf('people') }),
        client.invalidateQueries({ queryKey: keyOf('session.get') }),
      ]),
  });
}

export function useMakeReset() {
  return useMutation({ mutationFn: (id: string) => call('people.makeReset', { params: { id } }) });
}

export function useResetPassword(id: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'people.resetPassword'>) =>
      call('people.resetPassword', { params: { id }, body }),
  });
}
