'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useState } from 'react';
import type { z } from 'zod';
import { Setup } from '#api/contract/session';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/shell/error-state';
import { FormField } from '#components/shell/form-field';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { sessionQueries, useSetup } from '#queries/session';
import { sentence } from '../shell/sentence';
import { PasswordInput } from './password-input';
import { setupToken } from './setup-token';

const Fields = Setup.pick({ name: true, email: true, password: true, team: true });
const Field = Fields.keyof();
type Field = z.infer<typeof Field>;

export function SetupForm() {
  const router = useRouter();
  const status = useQuery(sessionQueries.setupStatus());
  const setup = useSetup();
  const [token, setToken] = useState<string | null>(null);
  const [errors, setErrors] = useState<Partial<Record<Field, string>>>({});

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

  const refuse = (
    form: HTMLFormElement,
    issues: readonly { path: readonly PropertyKey[]; message: string }[],
  ) => {
    const found: Partial<Record<Field, string>> = {};
    for (const { path, message } of issues) {
      const field = Field.safeParse(path.at(-1));
      if (field.success) found[field.data] ??= sentence(message);
    }
    setErrors(found);
    const first = Field.options.find((field) => found[field]);
    if (first) form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (setup.isPending) return;
    const form = event.currentTarget;
    const parsed = Fields.safeParse(Object.fromEntries(new FormData(form)));
    if (!parsed.success) return refuse(form, parsed.error.issues);
    setErrors({});
    setup.mutate(
      { token: token ?? '', ...parsed.data },
      {
        onSuccess: (session) => router.replace(`/${session.teams[0]?.slug ?? ''}/sites`),
        onError: (error) => refuse(form, error instanceof ProblemError ? error.problem.issues : []),
      },
    );
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Set up Gatehouse</h1>
        <p className="text-muted-foreground text-sm">Make the first admin and team.</p>
      </div>
      {setup.isError && <ErrorState error={setup.error} />}
      {status.isError && <ErrorState error={status.error} onRetry={() => status.refetch()} />}
      <FormField label="Your name" error={errors.name} required>
        {(control) => <Input {...control} autoComplete="name" autoFocus name="name" />}
      </FormField>
      <FormField label="E-mail" error={errors.email} required>
        {(control) => <Input {...control} type="email" autoComplete="username" name="email" />}
      </FormField>
      <FormField
        label="Password"
        hint={errors.password ? undefined : 'At least 12 characters; a few words are good.'}
        error={errors.password}
        required
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" name="password" />}
      </FormField>
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
