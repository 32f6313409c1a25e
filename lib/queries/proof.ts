import { queryOptions, useMutation } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';

export const proofQueries = {
  get: () =>
    queryOptions({
      queryKey: keyOf('proof.get'),
      queryFn: ({ signal }) => call('proof.get', { signal }),
      staleTime: 0,
    }),
};

export function useGiveProof() {
  return useMutation({ mutationFn: (body: BodyFor<'proof.give'>) => call('proof.give', { body }) });
}
