'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { FormField } from '#components/kit/form-field';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { sessionQueries, useSignIn } from '#queries/session';
import { PasskeyButton } from '../account/passkey-button';
import { PasswordInput } from '../account/password-input';
import { CodeForm } from './code-form';
import { RefusedSignIn } from './refused-sign-in';
import { safeNext } from './safe-next';
import { SsoButtons } from './sso-buttons';

export function SignInForm() {
  const router = useRouter();
  const next = safeNext(useSearchParams().get('next'));
  const setup = useQuery(sessionQueries.setupStatus());
  const signIn = useSignIn();
  const [ticket, setTicket] = useState<string | null>(null);
  const [blocked, setBlocked] = useState(false);
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (setup.data?.open) router.replace('/setup');
  }, [router, setup.data]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (signIn.isPending || !email.current || !password.current) return;
    const values = { email: email.current.value.trim(), password: password.current.value };
    setMissing({
      ...(values.email === '' && { email: 'Enter your e-mail address.' }),
      ...(values.password === '' && { password: 'Enter your password.' }),
    });
    if (values.email === '') return email.current.focus();
    if (values.password === '') return password.current.focus();
    signIn.mutate(values, {
      onSuccess: (answer) =>
        'user' in answer ? router.replace(next) : setTicket(answer.secondFactor.ticket),
      onError: () => {
        // The address stays, the password is to be typed again.
        if (!password.current) return;
        password.current.value = '';
        password.current.focus();
      },
    });
  };

  if (ticket) {
    return (
      <CodeForm
        ticket={ticket}
        onSignedIn={() => router.replace(next)}
        onBack={() => {
          setTicket(null);
          signIn.reset();
        }}
      />
    );
  }
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
      <FormField label="E-mail" error={missing.email} required>
        {(control) => <Input {...control} ref={email} type="email" autoComplete="username" autoFocus />}
      </FormField>
      <FormField label="Password" error={missing.password} required>
        {(control) => <PasswordInput {...control} ref={password} autoComplete="current-password" />}
      </FormField>
      <Button type="submit" size="lg" pending={signIn.isPending} disabled={blocked}>
        Sign in
      </Button>
      <SsoButtons next={next} onSignedIn={() => router.replace(next)} />
      <PasskeyButton onSignedIn={() => router.replace(next)} />
      {setup.data?.open && <Alert tone="info">This Gatehouse has not been set up yet.</Alert>}
    </form>
  );
}
