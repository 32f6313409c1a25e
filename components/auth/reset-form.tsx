'use client';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import { useResetPassword } from '#queries/people';
import { NewPasswordField } from '../account/new-password-field';
import { oneTimeLink } from './one-time-link';

import { useFragment } from './use-fragment';

/** Where an administrator's link for a new password leads. */
export function ResetForm() {
  const fragment = useFragment();
  const link = fragment === null ? null : oneTimeLink(fragment);
  const reset = useResetPassword(link?.id ?? '');
  const [short, setShort] = useState(false);
  const [keepTokens, setKeepTokens] = useState(false);
  if (reset.isSuccess) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">Your new password is set</h1>
        <p className="text-muted-foreground text-sm">All your earlier sessions have ended.</p>
        <Button asChild size="lg">
          <Link href="/sign-in">Sign in</Link>
        </Button>
      </div>
    );
  }
  if (fragment !== null && link === null) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">This link is incomplete</h1>
        <p className="text-muted-foreground text-sm">
          It ends in a long one-time code. Copy the whole link again, or ask an administrator for a new one.
        </p>
      </div>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (reset.isPending || !link) return;
    const password = String(new FormData(event.currentTarget).get('password'));
    setShort(password.length < 12);
    if (password.length >= 12) reset.mutate({ secret: link.secret, password, keepTokens });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <h1 className="font-semibold text-xl tracking-tight">Set a new password</h1>
      {reset.isError && <ErrorState error={reset.error} />}
      <NewPasswordField
        label="New password"
        error={short ? 'Use at least 12 characters.' : undefined}
        autoFocus
      />
      <div className="flex items-start gap-2.5 text-sm">
        <Checkbox
          id="keep-tokens"
          className="mt-0.5"
          checked={keepTokens}
          onCheckedChange={setKeepTokens}
          aria-describedby="keep-tokens-hint"
        />
        <div>
          <label htmlFor="keep-tokens">Keep my API tokens</label>
          <p id="keep-tokens-hint" className="text-muted-foreground text-xs">
            Otherwise they stop working, like all your sessions. Keep them only if nobody else can have them.
          </p>
        </div>
      </div>
      <Button type="submit" size="lg" pending={reset.isPending} disabled={!link}>
        Set password
      </Button>
    </form>
  );
}
