'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useForm, useWatch } from 'react-hook-form';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { NamedFields, nameFault } from '#components/kit/named-fields';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { leftOut } from '#core/site/left-out';
import { templateQueries, useCreateTemplate, useUpdateTemplate } from '#queries/templates';

/** Makes a template of a site's settings, or gives them to one that there is. */
export function SaveTemplateDialog({ site, onClose }: { site: SiteDetail; onClose: () => void }) {
  const team = useTeam();
  const router = useRouter();
  const templates = useQuery(templateQueries.list(team.slug));
  const create = useCreateTemplate(team.slug);
  const update = useUpdateTemplate(team.slug);
  const form = useForm({ defaultValues: { name: '', description: '' } });
  const typed = useWatch({ control: form.control, name: 'name' }).trim();
  const existing = templates.data?.items.find(({ name }) => name === typed);

  const onError = (error: unknown) => {
    const message = nameFault(error);
    if (message) form.setError('name', { message }, { shouldFocus: true });
  };
  const onSuccess = ({ id, name }: { id: string; name: string }) => {
    toast.success(`${name} is ${existing ? 'replaced' : 'a template'}`, {
      description: 'New sites can start from it.',
      action: { label: 'New site', onClick: () => router.push(`/${team.slug}/sites/new?template=${id}`) },
    });
    onClose();
  };
  const submit = form.handleSubmit(({ name, description }) => {
    if (!existing) {
      create.mutate({ name, description, siteId: site.id }, { onError, onSuccess });
      return;
    }
    const { id, version } = existing;
    update.mutate(
      { id, version, siteId: site.id, ...(description.trim() !== '' && { description }) },
      { onError, onSuccess },
    );
  });
  const error = create.error ?? update.error;
  const { errors } = form.formState;
  return (
    <FormDialog
      title={`Save ${site.name} as a template`}
      text="New sites can start from its settings: limits, TLS, access, paths, headers and all the rest."
      action={existing ? `Replace ${existing.name}` : 'Save template'}
      className="max-w-lg"
      pending={create.isPending || update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {error && !errors.name && <ErrorState error={error} />}
      <NamedFields
        placeholder="Internal Jenkins"
        describes="What it is for, for your colleagues."
        form={form}
        nameHint={
          existing &&
          'There is one of this name: it gets these settings. Sites made from it stay as they are.'
        }
      />
      <section aria-label="Left out" className="rounded-md border bg-muted/40 px-3 py-2.5 text-xs">
        <h3 className="font-medium">Left out, because each site has its own</h3>
        <ul className="mt-1 max-h-40 list-disc overflow-y-auto pl-4 text-muted-foreground">
          {leftOut(site.document).map(({ field, value }) => (
            <li key={`${field} ${value}`} className="[overflow-wrap:anywhere]">
              {field}
              {value !== null && <>: {value}</>}
            </li>
          ))}
        </ul>
      </section>
    </FormDialog>
  );
}
