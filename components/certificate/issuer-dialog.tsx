'use client';
import { useForm } from 'react-hook-form';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Input } from '#components/ui/input';
import { Textarea } from '#components/ui/textarea';
import { useCreateIssuer } from '#queries/certificates';

const fields = ['name', 'directoryUrl', 'email', 'agreeTerms', 'caPem', 'profile'] as const;

/** Adds a CA: the dashboard makes an account there before anything is kept. */
export function IssuerDialog({ onClose }: { onClose: () => void }) {
  const team = useTeam();
  const create = useCreateIssuer(team.slug);
  const form = useForm({
    defaultValues: {
      name: 'letsencrypt-staging',
      directoryUrl: 'https://acme-staging-v02.api.letsencrypt.org/directory',
      email: '',
      agreeTerms: false,
      caPem: '',
      eabKid: '',
      eabKey: '',
      profile: '',
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ eabKid, eabKey, caPem, profile, agreeTerms: _, ...rest }) =>
    create.mutate(
      {
        ...rest,
        agreeTerms: true,
        caPem: caPem.trim() || null,
        eab: eabKid.trim() && eabKey.trim() ? { kid: eabKid.trim(), hmacKey: eabKey.trim() } : null,
        profile: profile.trim() || null,
      },
      {
        onSuccess: (issuer) => {
          toast.success(`“${issuer.name}” is added: sites can get certificates from it`);
          onClose();
        },
        onError: (error) => {
          for (const { path, message } of error instanceof ProblemError ? error.problem.issues : []) {
            const field = fields.find((each) => each === path[0]);
            if (field) form.setError(field, { message });
          }
        },
      },
    ),
  );
  return (
    <FormDialog
      title="Add issuer"
      text="The dashboard creates an account at the CA. Its key is stored encrypted and never shown."
      action="Add issuer"
      className="max-w-xl"
      steady
      pending={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {create.error && <ErrorState error={create.error} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField label="Name" hint="What sites call it." error={errors.name?.message} required>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              {...form.register('name', {
                validate: (name) =>
                  /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name) ||
                  'Use lower-case letters, digits and hyphens.',
              })}
            />
          )}
        </FormField>
        <FormField label="E-mail address" hint="For notices from the CA." error={errors.email?.message}>
          {(control) => <Input {...control} type="email" {...form.register('email')} />}
        </FormField>
      </div>
      <FormField
        label="Directory"
        hint="Staging first: try it out there, then add the CA’s real directory as another issuer."
        error={errors.directoryUrl?.message}
        required
      >
        {(control) => (
          <Input
            {...control}
            spellCheck={false}
            autoComplete="off"
            {...form.register('directoryUrl', {
              validate: (url) => /^https:\/\/./.test(url) || 'Enter an address that starts with https://.',
            })}
          />
        )}
      </FormField>
      <details className="rounded-md border px-3 py-2 text-sm">
        <summary className="cursor-pointer font-medium">Private CA, external account, profile</summary>
        <div className="mt-3 grid gap-4">
          <FormField
            label="Root certificate of a private CA"
            hint="PEM. Without it the public roots are trusted."
            error={errors.caPem?.message}
          >
            {(control) => (
              <Textarea
                {...control}
                spellCheck={false}
                className="font-mono text-xs"
                {...form.register('caPem')}
              />
            )}
          </FormField>
          <div className="grid gap-4 sm:grid-cols-2">
            <FormField label="External account: key id">
              {(control) => <Input {...control} autoComplete="off" {...form.register('eabKid')} />}
            </FormField>
            <FormField label="External account: HMAC key">
              {(control) => (
                <Input {...control} type="password" autoComplete="off" {...form.register('eabKey')} />
              )}
            </FormField>
          </div>
          <FormField label="Profile" hint="For sites that do not name one." error={errors.profile?.message}>
            {(control) => <Input {...control} autoComplete="off" {...form.register('profile')} />}
          </FormField>
        </div>
      </details>
      <FormField label="Terms" error={errors.agreeTerms?.message} required>
        {(control) => (
          <label htmlFor={control.id} className="flex items-start gap-2 text-sm">
            <input
              {...control}
              type="checkbox"
              className="mt-1"
              {...form.register('agreeTerms', {
                validate: (agreed) =>
                  agreed || 'A CA creates an account only for people who accept its terms.',
              })}
            />
            <span>I have read the CA’s terms of service and accept them.</span>
          </label>
        )}
      </FormField>
    </FormDialog>
  );
}
