'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type FieldErrors, useForm } from 'react-hook-form';
import { ProblemError } from '#api/client';
import { Setup } from '#api/contract/session';
import { ErrorState } from '#components/shell/error-state';
import { FormField } from '#components/shell/form-field';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { sessionQueries, useSetup } from '#queries/session';
import { PasswordInput } from './password-input';
import { setupToken } from './setup-token';

const Fields = Setup.pick({ name: true, email: true, password: true, team: true });
type Values = { name: string; email: string; password: string; team: string };

export function SetupForm() {
  const router = useRouter();
  const status = useQuery(sessionQueries.setupStatus());
  const setup = useSetup();
  const [token, setToken] = useState<string | null>(null);
  const form = useForm<Values>({
    defaultValues: { name: '', email: '', password: '', team: '' },
    resolver: (values) => {
      const parsed = Fields.safeParse(values);
      if (parsed.success) return { values: parsed.data, errors: {} };
      const errors: FieldErrors<Values> = {};
      for (const { path, message, code } of parsed.error.issues) {
        errors[path[0] as keyof Values] ??= { type: code, message: sentence(message) };
      }
      return { values: {}, errors };
    },
  });
  const { errors } = form.formState;

  // A new link pasted into the same tab changes only the fragment.
  useEffect(() => {
    const read = () => setToken(setupToken(window.location.hash));
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);

  if (status.data?.open === false) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">Already set up</h1>
        <p className="text-muted-foreground text-sm">
          This Gatehouse has its first admin. Sign in, or ask an admin for an account.
        </p>
        <Button asChild size="lg">
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </div>
    );
  }
  if (token === '') {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">Open the setup link</h1>
        <p className="text-muted-foreground text-sm">
          Only whoever started Gatehouse may claim it. The link stands in the terminal or log where it was
          started; it begins with this address and ends in a one-time code.
        </p>
        <p className="text-muted-foreground text-sm">
          Lost it? Print a new one on that machine with{' '}
          <code className="text-foreground">gatehouse setup</code>.
        </p>
      </div>
    );
  }

  const submit = form.handleSubmit((values) =>
    setup.mutate(
      { token: token ?? '', ...values },
      {
        onSuccess: (session) => router.replace(`/${session.teams[0]?.slug ?? ''}/sites`),
        onError: (error) => {
          const issues = error instanceof ProblemError ? error.problem.issues : [];
          for (const { path, message } of issues) {
            const field = path.at(-1);
            if (field === 'name' || field === 'email' || field === 'password' || field === 'team')
              form.setError(field, { message: sentence(message) }, { shouldFocus: true });
          }
        },
      },
    ),
  );

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Set up Gatehouse</h1>
        <p className="text-muted-foreground text-sm">Make the first admin and team.</p>
      </div>
      {setup.isError && <ErrorState error={setup.error} />}
      {status.isError && <ErrorState error={status.error} onRetry={() => status.refetch()} />}
      <FormField label="Your name" error={errors.name?.message} required>
        {(control) => <Input {...control} autoComplete="name" autoFocus {...form.register('name')} />}
      </FormField>
      <FormField label="E-mail" error={errors.email?.message} required>
        {(control) => <Input {...control} type="email" autoComplete="username" {...form.register('email')} />}
      </FormField>
      <FormField
        label="Password"
        hint={errors.password ? undefined : 'At least 12 characters; a few words are good.'}
        error={errors.password?.message}
        required
      >
        {(control) => (
          <PasswordInput {...control} autoComplete="new-password" {...form.register('password')} />
        )}
      </FormField>
      <FormField
        label="Team"
        hint={errors.team ? undefined : 'Sites and hosts belong to a team, such as “Build infrastructure”.'}
        error={errors.team?.message}
        required
      >
        {(control) => <Input {...control} autoComplete="organization" {...form.register('team')} />}
      </FormField>
      <Button type="submit" size="lg" pending={setup.isPending} disabled={token === null}>
        Create team
      </Button>
      <Alert tone="neutral">Nothing is changed on any machine until you review and apply a plan.</Alert>
    </form>
  );
}

/** Schema messages are written as parts of sentences. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
