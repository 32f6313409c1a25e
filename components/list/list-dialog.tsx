'use client';
import { useForm } from 'react-hook-form';
import type { List } from '#api/contract/lists';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { NamedFields, nameFault } from '#components/kit/named-fields';
import { useTeam } from '#components/kit/team-context';
import { useCreateList, useUpdateList } from '#queries/lists';

interface Props {
  /** The list to rename; `null` makes a new one. */
  list: List | null;
  /** Sites that are on a new list from the start. */
  siteIds?: readonly string[];
  onClose: () => void;
  onDone: (list: List) => void;
}

/** Makes a list, or gives one another name and description. */
export function ListDialog({ list, siteIds = [], onClose, onDone }: Props) {
  const team = useTeam();
  const create = useCreateList(team.slug);
  const update = useUpdateList(team.slug, list?.id ?? '');
  const form = useForm({ defaultValues: { name: list?.name ?? '', description: list?.description ?? '' } });
  const onError = (error: unknown) => {
    const message = nameFault(error);
    if (message) form.setError('name', { message }, { shouldFocus: true });
  };
  const submit = form.handleSubmit((values) =>
    list
      ? update.mutate(values, { onError, onSuccess: onDone })
      : create.mutate({ ...values, siteIds: [...siteIds] }, { onError, onSuccess: onDone }),
  );
  const error = create.error ?? update.error;
  const { errors } = form.formState;
  const count = siteIds.length;
  return (
    <FormDialog
      title={list ? `Rename ${list.name}` : 'New list'}
      text={
        list || count === 0
          ? 'A list holds sites that belong together; a site may be on several.'
          : `With the ${count === 1 ? 'site' : `${count} sites`} you chose.`
      }
      action={list ? 'Save' : 'Create list'}
      className="max-w-md"
      pending={create.isPending || update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {error && !errors.name && <ErrorState error={error} />}
      <NamedFields
        form={form}
        placeholder="Production"
        describes="What belongs on it, for your colleagues."
      />
    </FormDialog>
  );
}
