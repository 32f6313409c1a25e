'use client';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
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
    <ConfirmDialog
      title={`Revoke “${token.name}”?`}
      text="Whatever uses it stops working at once. This cannot be undone."
      keep="Keep it"
      action="Revoke token"
      running={revoke}
      onOpenChange={onClose}
      onConfirm={() =>
        revoke.mutate(token.id, {
          onSuccess: () => {
            toast.success(`“${token.name}” is revoked`);
            onClose();
          },
        })
      }
    />
  );
}
