'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { FormField } from '#components/shell/form-field';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { sessionQueries, useSignIn } from '#queries/session';
import { PasswordInput } from './password-input';
import { RefusedSignIn } from './refused-sign-in';
import { safeNext } from './safe-next';

export function SignInForm() {
  const router = useRouter();
  const next = safeNext(useSearchParams().get('next'));
  const setup = useQuery(sessionQueries.setupStatus());
  const signIn = useSignIn();
  const [blocked, setBlocked] = useState(false);
  const form = useForm({ defaultValues: { email: '', password: '' } });
  const { errors } = form.formState;

  useEffect(() => {
    if (setup.data?.open) router.replace('/setup');
  }, [router, setup.data]);

  const submit = form.handleSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: () => router.replace(next),
      onError: () => {
        // The address stays, the password is to be typed again.
        form.resetField('password');
        form.setFocus('password');
      },
    }),
  );

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Sign in</h1>
        {next !== '/' && !signIn.isError && (
          <p className="text-muted-foreground text-sm">Sign in to open the page you asked for.</p>
        )}
      </div>
      {signIn.isError && (
        <RefusedSignIn key={signIn.submittedAt} error={signIn.error} onBlocked={setBlocked} />
      )}
      <FormField label="E-mail" error={errors.email?.message} required>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="username"
            autoFocus
            {...form.register('email', { required: 'Enter your e-mail address.' })}
          />
        )}
      </FormField>
      <FormField label="Password" error={errors.password?.message} required>
        {(control) => (
          <PasswordInput
            {...control}
            autoComplete="current-password"
            {...form.register('password', { required: 'Enter your password.' })}
          />
        )}
      </FormField>
      <Button type="submit" size="lg" pending={signIn.isPending} disabled={blocked}>
        Sign in
      </Button>
      {setup.data?.open && <Alert tone="info">This Gatehouse has not been set up yet.</Alert>}
    </form>
  );
}
