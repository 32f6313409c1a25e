import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type AnswerOf, type BodyFor, call } from './call';
import { allOf, keyOf } from './keys';

/** How often the list is read again while something is on its way, and otherwise. */
const onItsWayMs = 1_500;
const quietMs = 30_000;

const isOnItsWay = ({ stage }: AnswerOf<'certificates.list'>['items'][number]) => stage !== 'idle';

export const certificateQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('certificates.list', { params: { team } }),
      queryFn: ({ signal }) => call('certificates.list', { params: { team }, signal }),
      refetchInterval: ({ state }) => (state.data?.items.some(isOnItsWay) ? onItsWayMs : quietMs),
    }),
};

export const issuerQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('issuers.list', { params: { team } }),
      queryFn: ({ signal }) => call('issuers.list', { params: { team }, signal }),
    }),
};

function useStale() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: allOf('certificates') }),
      client.invalidateQueries({ queryKey: allOf('issuers') }),
    ]);
}

export function useRenewCertificate(team: string) {
  return useMutation({
    mutationFn: (id: string) => call('certificates.renew', { params: { team, id } }),
    onSuccess: useStale(),
  });
}

export function useRevokeCertificate(team: string, id: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'certificates.revoke'>) =>
      call('certificates.revoke', { params: { team, id }, body }),
    onSuccess: useStale(),
  });
}

export function useCreateIssuer(team: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'issuers.create'>) => call('issuers.create', { params: { team }, body }),
    onSuccess: useStale(),
  });
}

export function useRemoveIssuer(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('issuers.remove', { params: { team, id } }),
    onSuccess: useStale(),
  });
}
