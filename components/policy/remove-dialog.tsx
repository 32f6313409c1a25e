'use client';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { useRemoveFreeze, useRemoveGroup } from '#queries/policies';

interface Props {
  kind: 'remove-group' | 'remove-freeze';
  id: string;
  name: string;
  onClose: () => void;
}

const words = {
  'remove-group': {
    title: (name: string) => `Delete the host group ${name}?`,
    text: 'Its hosts stay, under the team’s own policy. Its freezes end with it.',
    action: 'Delete group',
    done: 'The host group is deleted',
  },
  'remove-freeze': {
    title: (name: string) => `End the freeze of ${name}?`,
    text: 'Plans can be applied again at once.',
    action: 'End freeze',
    done: 'The freeze has ended',
  },
} as const;

/** Asks before a policy is taken away. */
export function RemoveDialog({ kind, id, name, onClose }: Props) {
  const team = useTeam();
  const group = useRemoveGroup(team.slug);
  const freeze = useRemoveFreeze(team.slug);
  const remove = kind === 'remove-group' ? group : freeze;
  const { title, text, action, done } = words[kind];
  return (
    <ConfirmDialog
      title={title(name)}
      text={text}
      keep="Keep it"
      action={action}
      running={remove}
      onOpenChange={onClose}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            toast.success(done);
            onClose();
          },
        })
      }
    />
  );
}
