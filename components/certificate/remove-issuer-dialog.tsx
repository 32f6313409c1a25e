'use client';
import type { Issuer } from '#api/contract/certificates';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { useRemoveIssuer } from '#queries/certificates';

/** Asks before an issuer goes, with the key of its account. */
export function RemoveIssuerDialog({ issuer, onClose }: { issuer: Issuer; onClose: () => void }) {
  const team = useTeam();
  const remove = useRemoveIssuer(team.slug, issuer.id);
  return (
    <ConfirmDialog
      title={`Remove “${issuer.name}”?`}
      text="Its account key is deleted here. The account at the CA stays, but can no longer be used."
      keep="Keep it"
      action="Remove issuer"
      running={remove}
      onOpenChange={onClose}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toast.success(`“${issuer.name}” is removed`);
            onClose();
          },
        })
      }
    />
  );
}
