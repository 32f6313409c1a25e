'use client';
import { useRouter } from 'next/navigation';
import type { Webhook } from '#api/contract/webhooks';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { useRemoveWebhook } from '#queries/webhooks';

/** Asks before a webhook goes, with its log. */
export function RemoveWebhookDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const team = useTeam();
  const router = useRouter();
  const remove = useRemoveWebhook(team.slug, webhook.id);
  return (
    <ConfirmDialog
      title={`Remove “${webhook.name}”?`}
      text={`Nothing more is sent to ${webhook.urlHost}, and its log of messages is deleted.`}
      keep="Keep it"
      action="Remove webhook"
      running={remove}
      onOpenChange={onClose}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toast.success(`“${webhook.name}” is removed`);
            router.push(`/${team.slug}/settings/notifications`);
          },
        })
      }
    />
  );
}
