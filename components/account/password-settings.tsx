'use client';
import { type FormEvent, useState } from 'react';
import { ProblemError } from '#api/problem-error';
import { NewPasswordField } from '#components/account/new-password-field';
import { PasswordInput } from '#components/account/password-input';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { useChangePassword } from '#queries/session';
import { sentence } from '../kit/sentence';

/** Another password for the signed-in person. */
export function PasswordSettings() {
  const change = useChangePassword();
  const [short, setShort] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    const form = event.currentTarget;
    const data = new FormData(form);
    const password = String(data.get('password'));
    setShort(password.length < 12);
    if (password.length < 12) return form.querySelector<HTMLInputElement>('[name="password"]')?.focus();
    change.mutate(
      { current: String(data.get('current')), password },
      {
        onSuccess: () => {
          form.reset();
          toast.success('Your password is changed', { description: 'Your other sessions have ended.' });
        },
      },
    );
  };
  const issues = change.error instanceof ProblemError ? change.error.problem.issues : [];
  const wrong = issues.find(({ path }) => path[0] === 'current');
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Password</CardTitle>
          <CardDescription>A new one ends your other sessions.</CardDescription>
        </div>
      </CardHeader>
      <CardContent>
        <form onSubmit={submit} noValidate className="flex max-w-md flex-col gap-4">
          {change.isError && issues.length === 0 && <ErrorState error={change.error} />}
          <FormField label="Current password" error={wrong ? sentence(wrong.message) : undefined} required>
            {(control) => <PasswordInput {...control} autoComplete="current-password" name="current" />}
          </FormField>
          <NewPasswordField label="New password" error={short ? 'Use at least 12 characters.' : undefined} />
          <div>
            <Button type="submit" pending={change.isPending}>
              Change password
            </Button>
          </div>
        </form>
      </CardContent>
    </Card>
  );
}
