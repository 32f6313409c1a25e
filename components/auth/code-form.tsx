'use client';
import type { FormEvent } from 'react';
import { ProblemError } from '#api/problem-error';
import { CodeField } from '#components/kit/code-field';
import { Button } from '#components/ui/button';
import { useEnterCode } from '#queries/session';
import { fieldFaults } from '../kit/field-faults';
import { RefusedSignIn } from './refused-sign-in';

interface Props {
  /** What the first step answered. */
  ticket: string;
  onSignedIn: () => void;
  /** Starts over with the password. */
  onBack: () => void;
}

/** The second step of signing in. */
export function CodeForm({ ticket, onSignedIn, onBack }: Props) {
  const enter = useEnterCode();
  const faults = fieldFaults(enter.error);
  const over = enter.error instanceof ProblemError && enter.error.problem.status === 401;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (enter.isPending) return;
    const code = String(new FormData(event.currentTarget).get('code'));
    enter.mutate({ ticket, code }, { onSuccess: onSignedIn });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Second factor</h1>
        <p className="text-muted-foreground text-sm">Your password is correct. One more step.</p>
      </div>
      {faults.rest && (
        <RefusedSignIn key={enter.submittedAt} error={enter.error} onBlocked={() => undefined} />
      )}
      <CodeField
        label="Code"
        hint="From your authenticator app, or one of your recovery codes."
        error={faults.of.code}
        autoFocus
      />
      <Button type="submit" size="lg" pending={enter.isPending} disabled={over}>
        Sign in
      </Button>
      <Button variant="outline" size="lg" onClick={onBack}>
        Start over
      </Button>
    </form>
  );
}
