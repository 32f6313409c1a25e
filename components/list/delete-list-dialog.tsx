'use client';
import type { List } from '#api/contract/lists';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { useCreateList, useRemoveList } from '#queries/lists';
import { sayDeleted } from '../kit/toast-deleted';

interface Props {
  list: List;
  onClose: () => void;
  onDeleted?: () => void;
}

/** Deletes a list; for a while the message offers to make it again. */
export function DeleteListDialog({ list, onClose, onDeleted }: Props) {
  const team = useTeam();
  const remove = useRemoveList(team.slug);
  const create = useCreateList(team.slug);
  const submit = () =>
    remove.mutate(list.id, {
      onSuccess: (gone) => {
        sayDeleted(gone, create);
        onClose();
        onDeleted?.();
      },
    });
  const sites =
    list.sites === 0
      ? 'No site is on it.'
      : `Its ${list.sites === 1 ? 'site stays' : `${list.sites} sites stay`}; only the list goes.`;
  return (
    <ConfirmDialog
      title={`Delete the list ${list.name}?`}
      text={`${sites} The teams and links it was shared with lose access to it.`}
      keep="Keep it"
      action={`Delete ${list.name}`}
      running={remove}
      onOpenChange={onClose}
      onConfirm={submit}
    />
  );
}
