import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const loweringQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('lowerings.list', { params: { team } }),
      queryFn: ({ signal }) => call('lowerings.list', { params: { team }, signal }),
    }),
};

/** What takes effect changes policies, people and reviews. */
function useRefresh() {
  const client = useQueryClient();
  return {
    onSettled: () =>
      Promise.all(
        (['lowerings', 'policies', 'team', 'reviews', 'hosts'] as const).map((noun) =>
          client.invalidateQueries({ queryKey: allOf(noun) }),
        ),
      ),
  };
}

export function useAskLowering() {
  return useMutation({
    mutationFn: ({ team, body }: { team: string; body: BodyFor<'lowerings.ask'> }) =>
      call('lowerings.ask', { params: { team }, body }),
    ...useRefresh(),
  });
}

export function useConfirmLowering(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('lowerings.confirm', { params: { team, id } }),
    ...useRefresh(),
  });
}

export function useCancelLowering(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('lowerings.cancel', { params: { team, id } }),
    ...useRefresh(),
  });
}
