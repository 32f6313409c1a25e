import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

export const factorQueries = {
  get: () =>
    queryOptions({
      queryKey: keyOf('factors.get'),
      queryFn: ({ signal }) => call('factors.get', { signal }),
    }),
};

export function useBeginFactor() {
  return useMutation({ mutationFn: (body: BodyFor<'factors.begin'>) => call('factors.begin', { body }) });
}

/** Its answer is shown once, so what depends on it is asked again only by `useFactorsChanged`. */
export function useConfirmFactor() {
  return useMutation({ mutationFn: (body: BodyFor<'factors.confirm'>) => call('factors.confirm', { body }) });
}

export function useRemoveFactor() {
  return useMutation({ mutationFn: (body: BodyFor<'factors.remove'>) => call('factors.remove', { body }) });
}

export function useRenewCodes() {
  return useMutation({
    mutationFn: (body: BodyFor<'factors.renewCodes'>) => call('factors.renewCodes', { body }),
  });
}

/** Asks again for what the person's factors decide: their own page, and which teams are open to them. */
export function useFactorsChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: allOf('factors') }),
      client.invalidateQueries({ queryKey: keyOf('session.get') }),
    ]);
}
