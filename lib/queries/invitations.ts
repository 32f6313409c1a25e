import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type AnswerOf, type BodyFor, call } from './call';
import { keyOf } from './keys';
import { sessionQueries } from './session';

export const invitationQueries = {
  list: (team: string) =>
    queryOptions({
      queryKey: keyOf('invitations.list', { params: { team } }),
      queryFn: ({ signal }) => call('invitations.list', { params: { team }, signal }),
    }),
  look: (id: string) =>
    queryOptions({
      queryKey: keyOf('invitations.look', { params: { id } }),
      queryFn: ({ signal }) => call('invitations.look', { params: { id }, signal }),
    }),
};

export function useCreateInvitation(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'invitations.create'>) =>
      call('invitations.create', { params: { team }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationQueries.list(team).queryKey }),
  });
}

export function useRevokeInvitation(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('invitations.revoke', { params: { team, id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationQueries.list(team).queryKey }),
  });
}

/** Both ways to take an invitation end signed in, with the new team among the person's. */
function useTaken() {
  const client = useQueryClient();
  return (session: AnswerOf<'invitations.join'>) => {
    client.clear();
    client.setQueryData(sessionQueries.get().queryKey, session);
  };
}

export function useJoinByInvitation(id: string) {
  const onSuccess = useTaken();
  return useMutation({
    mutationFn: (body: BodyFor<'invitations.join'>) => call('invitations.join', { params: { id }, body }),
    onSuccess,
  });
}

export function useAcceptInvitation(id: string) {
  const onSuccess = useTaken();
  return useMutation({
    mutationFn: (secret: string) => call('invitations.accept', { params: { id }, body: { secret } }),
    onSuccess,
  });
}
