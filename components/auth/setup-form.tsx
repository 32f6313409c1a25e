'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { sessionQueries, useSetup } from '#queries/session';
import { NewPasswordField } from '../account/new-password-field';
import { useFormFields } from '../account/use-form-fields';
import { setupToken } from './setup-token';

const loadFields = () =>
  import('#api/contract/session').then(({ Setup }) =>
    Setup.pick({ name: true, email: true, password: true, team: true }),
  );

export function SetupForm() {
  const router = useRouter();
  const status = useQuery(sessionQueries.setupStatus());
  const setup = useSetup();
  const [token, setToken] = useState<string | null>(null);
  const { errors, read, refuse } = useFormFields(['name', 'email', 'password', 'team'], loadFields);

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
          This Gatehouse already has an admin. Sign in, or ask an admin for an account.
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
          Only the person who started Gatehouse can claim it. The link is in the terminal or log where it was
          started; it begins with this address and ends in a one-time code.
        </p>
        <p className="text-muted-foreground text-sm">
          Lost it? Print a new one on that machine with{' '}
          <code className="text-foreground">gatehouse setup</code>.
        </p>
      </div>
    );
  }

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (setup.isPending) return;
    const form = event.currentTarget;
    const fields = await read(form);
    if (!fields) return;
    setup.mutate(
      { token: token ?? '', ...fields },
      {
        onSuccess: (session) => router.replace(`/${session.teams[0]?.slug ?? ''}/sites`),
        onError: (error) => refuse(form, error),
      },
    );
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Set up Gatehouse</h1>
        <p className="text-muted-foreground text-sm">Create the first admin and team.</p>
      </div>
      {setup.isError && <ErrorState error={setup.error} />}
      {status.isError && <ErrorState error={status.error} onRetry={() => status.refetch()} />}
      <FormField label="Your name" error={errors.name} required>
        {(control) => <Input {...control} autoComplete="name" autoFocus name="name" />}
      </FormField>
      <FormField label="E-mail" error={errors.email} required>
        {(control) => <Input {...control} type="email" autoComplete="username" name="email" />}
      </FormField>
      <NewPasswordField label="Password" error={errors.password} />
      <FormField
        label="Team"
        hint={errors.team ? undefined : 'Sites and hosts belong to a team, such as “Build infrastructure”.'}
        error={errors.team}
        required
      >
        {(control) => <Input {...control} autoComplete="organization" name="team" />}
      </FormField>
      <Button type="submit" size="lg" pending={setup.isPending} disabled={token === null}>
        Create team
      </Button>
      <Alert tone="neutral">Nothing is changed on any machine until you review and apply a plan.</Alert>
    </form>
  );
}
