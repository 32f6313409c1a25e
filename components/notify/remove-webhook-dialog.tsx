'use client';
import { useRouter } from 'next/navigation';
import type { Webhook } from '#api/contract/webhooks';
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
import { useRemoveWebhook } from '#queries/webhooks';

/** Asks before a webhook goes, with its log. */
export function RemoveWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const team = useTeam();
  const router = useRouter();
  const remove = useRemoveWebhook(team.slug, webhook.id);
  return (
    <AlertDialog open onOpenChange={(open) => !open && onClose()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Remove “{webhook.name}”?</AlertDialogTitle>
          <AlertDialogDescription>
            Nothing is sent to {webhook.urlHost} any more, and its log of messages is gone.
          </AlertDialogDescription>
        </AlertDialogHeader>
        {remove.isError && <ErrorState error={remove.error} />}
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          <Button
            variant="destructive"
            pending={remove.isPending}
            onClick={() =>
              remove.mutate(undefined, {
                onSuccess: () => {
                  toast.success(`“${webhook.name}” is removed`);
                  router.push(`/${team.slug}/settings/notifications`);
                },
              })
            }
          >
            Remove webhook
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
