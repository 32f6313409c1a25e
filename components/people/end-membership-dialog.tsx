'use client';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { useLeaveTeam, useRemoveMember } from '#queries/members';
import type { AskedMember } from './member-row';

/** Asks before somebody leaves the team, by an admin's hand or their own. */
export function EndMembershipDialog({ member, onClose }: { member: AskedMember; onClose: () => void }) {
  const team = useTeam();
  const remove = useRemoveMember(team.slug);
  const leave = useLeaveTeam(team.slug);
  const self = member.id === team.user.id;
  const ending = self ? leave : remove;
  const end = () => {
    // A full page load, so that nothing of the team stays in memory.
    if (self) return leave.mutate(undefined, { onSuccess: () => window.location.assign('/') });
    remove.mutate(member.id, {
      onSuccess: () => {
        toast.success(`${member.name} is no longer a member`);
        onClose();
      },
    });
  };
  return (
    <ConfirmDialog
      title={self ? `Leave ${team.name}?` : `Remove ${member.name} from ${team.name}?`}
      text={
        self
          ? 'You lose access to it with your next click, and your API tokens for it end. To come back you need an invitation.'
          : 'They lose access to the team with their next click, and their API tokens for it end. What they did stays on the record.'
      }
      action={self ? 'Leave team' : 'Remove member'}
      running={ending}
      onOpenChange={onClose}
      onConfirm={end}
    />
  );
}
