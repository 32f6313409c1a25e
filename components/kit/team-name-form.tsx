'use client';
import { type FormEvent, useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';

interface Props {
  name: string;
  action: string;
  pending: boolean;
  error: unknown;
  onSave: (name: string) => void;
}

/** A team's name, for a new one or another one. */
export function TeamNameForm({ name, action, pending, error, onSave }: Props) {
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const typed = String(new FormData(event.currentTarget).get('name')).trim();
    setMissing(typed === '');
    if (typed) onSave(typed);
    else event.currentTarget.querySelector<HTMLInputElement>('[name="name"]')?.focus();
  };
  return (
    <form onSubmit={submit} noValidate className="flex max-w-md flex-col gap-4">
      {Boolean(error) && <ErrorState error={error} />}
      <FormField
        label="Name"
        hint="Sites and hosts belong to a team, such as “Build infrastructure”."
        error={missing ? 'Enter a name for the team.' : undefined}
        required
      >
        {(control) => (
          <Input {...control} name="name" defaultValue={name} maxLength={100} autoComplete="off" />
        )}
      </FormField>
      <div>
        <Button type="submit" pending={pending}>
          {action}
        </Button>
      </div>
    </form>
  );
}
