'use client';
import { ErrorState } from '#components/shell/error-state';
import { useTeam } from '#components/shell/team-context';
import { toast } from '#components/shell/toast';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#components/ui/alert-dialog';
import { Button } from '#components/ui/button';
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
    button: 'Delete group',
    done: 'The host group is deleted',
  },
  'remove-freeze': {
    title: (name: string) => `End the freeze of ${name}?`,
    text: 'Plans can be applied again at once.',
    button: 'End freeze',
    done: 'The freeze has ended',
  },
} as const;

/** Asks before a policy is taken away. */
export function RemoveDialog({ kind, id, name, onClose }: Props) {
  const team = useTeam();
  const group = useRemoveGroup(team.slug);
  const freeze = useRemoveFreeze(team.slug);
  const remove = kind === 'remove-group' ? group : freeze;
  const { title, text, button, done } = words[kind];
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title(name)}</AlertDialogTitle>
          <AlertDialogDescription>{text}</AlertDialogDescription>
        </AlertDialogHeader>
        {remove.isError && <ErrorState error={remove.error} />}
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={remove.isPending}
            onClick={() =>
              remove.mutate(id, {
                onSuccess: () => {
                  toast.success(done);
                  onClose();
                },
              })
            }
          >
            {button}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
