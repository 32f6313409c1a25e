import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { allOf } from './keys';
import { sessionQueries } from './session';
import { teamQueries } from './team';

/** Who is a member changed: the team's own page, and perhaps the signed-in person's rights. */
function useMembersChanged(team: string) {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: sessionQueries.get().queryKey });
    void client.invalidateQueries({ queryKey: allOf('invitations') });
    return client.invalidateQueries({ queryKey: teamQueries.get(team).queryKey });
  };
}

export function useUpdateMember(team: string) {
  const onSuccess = useMembersChanged(team);
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & BodyFor<'members.update'>) =>
      call('members.update', { params: { team, id }, body }),
    onSuccess,
  });
}

export function useRemoveMember(team: string) {
  const onSuccess = useMembersChanged(team);
  return useMutation({
    mutationFn: (id: string) => call('members.remove', { params: { team, id } }),
    onSuccess,
  });
}

export function useLeaveTeam(team: string) {
  return useMutation({ mutationFn: () => call('members.leave', { params: { team } }) });
}
