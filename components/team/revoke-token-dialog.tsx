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
import { useRevokeToken } from '#queries/tokens';

/** Asks before a token stops working. */
export function RevokeTokenDialog({
  token,
  onClose,
}: {
  token: { id: string; name: string };
  onClose: () => void;
}) {
  const team = useTeam();
  const revoke = useRevokeToken(team.slug);
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Revoke “{token.name}”?</AlertDialogTitle>
          <AlertDialogDescription>
            Whatever uses it stops working at once. This cannot be undone.
          </AlertDialogDescription>
        </AlertDialogHeader>
        {revoke.isError && <ErrorState error={revoke.error} />}
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={revoke.isPending}
            onClick={() =>
              revoke.mutate(token.id, {
                onSuccess: () => {
                  toast.success(`“${token.name}” is revoked`);
                  onClose();
                },
              })
            }
          >
            Revoke token
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
