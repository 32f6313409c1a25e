'use client';
import { useForm } from 'react-hook-form';
import type { Template } from '#api/contract/templates';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { NamedFields, nameFault } from '#components/kit/named-fields';
import { useTeam } from '#components/kit/team-context';
import { useUpdateTemplate } from '#queries/templates';

/** Gives a template another name and description. */
export function RenameTemplateDialog({ template, onClose }: { template: Template; onClose: () => void }) {
  const team = useTeam();
  const update = useUpdateTemplate(team.slug);
  const { id, name, description, version } = template;
  const form = useForm({ defaultValues: { name, description } });
  const submit = form.handleSubmit((values) =>
    update.mutate(
      { id, version, ...values },
      {
        onSuccess: onClose,
        onError: (error) => {
          const message = nameFault(error);
          if (message) form.setError('name', { message }, { shouldFocus: true });
        },
      },
    ),
  );
  return (
    <FormDialog
      title={`Rename ${name}`}
      text="Its settings stay. To replace them, save a site as a template of this name."
      action="Save"
      className="max-w-md"
      pending={update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {update.error && !form.formState.errors.name && <ErrorState error={update.error} />}
      <NamedFields
        form={form}
        placeholder="Internal Jenkins"
        describes="What it is for, for your colleagues."
      />
    </FormDialog>
  );
}
