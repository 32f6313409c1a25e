'use client';
import { useForm } from 'react-hook-form';
import type { List } from '#api/contract/lists';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/shell/error-state';
import { FormDialog } from '#components/shell/form-dialog';
import { FormField } from '#components/shell/form-field';
import { useTeam } from '#components/shell/team-context';
import { Input } from '#components/ui/input';
import { Textarea } from '#components/ui/textarea';
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
    if (!(error instanceof ProblemError)) return;
    const ofName = error.problem.issues.find(({ path }) => path[0] === 'name');
    if (ofName) form.setError('name', { message: ofName.message }, { shouldFocus: true });
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
      <FormField label="Name" error={errors.name?.message} required>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={100}
            placeholder="Production"
            {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
        )}
      </FormField>
      <FormField label="Description" hint="What belongs on it, for your colleagues.">
        {(control) => (
          <Textarea
            {...control}
            maxLength={500}
            rows={2}
            {...form.register('description', { setValueAs: (text: string) => text.replace(/\s+/g, ' ') })}
          />
        )}
      </FormField>
    </FormDialog>
  );
}
