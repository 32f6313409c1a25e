'use client';
import type { Template } from '#api/contract/templates';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { useCreateTemplate, useRemoveTemplate } from '#queries/templates';
import { sayDeleted } from '../kit/toast-deleted';

/** Deletes a template; for a while the message offers to make it again. */
export function DeleteTemplateDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const team = useTeam();
  const remove = useRemoveTemplate(team.slug);
  const create = useCreateTemplate(team.slug);
  const submit = () =>
    remove.mutate(template.id, {
      onSuccess: (gone) => {
        sayDeleted(gone, create);
        onClose();
      },
    });
  return (
    <ConfirmDialog
      title={`Delete the template ${template.name}?`}
      text="New sites can no longer start from it. Sites that were made from it stay as they are."
      keep="Keep it"
      action={`Delete ${template.name}`}
      running={remove}
      onOpenChange={onClose}
      onConfirm={submit}
    />
  );
}
