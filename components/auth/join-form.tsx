'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { JoinInput } from '#api/contract/invitations';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/shell/error-state';
import { FormField } from '#components/shell/form-field';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { useJoinByInvitation } from '#queries/invitations';
import { sentence } from '../shell/sentence';
import { PasswordInput } from './password-input';

const Fields = JoinInput.pick({ name: true, password: true });
type Errors = { name?: string; password?: string };

/** Name and password of a new person; the e-mail address is the invited one. */
export function JoinForm({ link, email }: { link: { id: string; secret: string }; email: string }) {
  const router = useRouter();
  const join = useJoinByInvitation(link.id);
  const [errors, setErrors] = useState<Errors>({});
  const refuse = (
    form: HTMLFormElement,
    issues: readonly { path: readonly PropertyKey[]; message: string }[],
  ) => {
    const found: Errors = {};
    for (const { path, message } of issues) {
      const field = path.at(-1);
      if (field === 'name' || field === 'password') found[field] ??= sentence(message);
    }
    setErrors(found);
    const first = (['name', 'password'] as const).find((field) => found[field]);
    if (first) form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (join.isPending) return;
    const form = event.currentTarget;
    const parsed = Fields.safeParse(Object.fromEntries(new FormData(form)));
    if (!parsed.success) return refuse(form, parsed.error.issues);
    setErrors({});
    join.mutate(
      { secret: link.secret, ...parsed.data },
      {
        onSuccess: ({ teams }) => router.replace(`/${teams[0]?.slug ?? ''}/sites`),
        onError: (error) => refuse(form, error instanceof ProblemError ? error.problem.issues : []),
      },
    );
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {join.isError && <ErrorState error={join.error} />}
      {/* For password managers, which keep it beside the password. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <FormField label="Your name" error={errors.name} required>
        {(control) => <Input {...control} autoComplete="name" autoFocus name="name" />}
      </FormField>
      <FormField
        label="Password"
        hint={errors.password ? undefined : 'At least 12 characters; a few words are good.'}
        error={errors.password}
        required
      >
        {(control) => <PasswordInput {...control} autoComplete="new-password" name="password" />}
      </FormField>
      <Button type="submit" size="lg" pending={join.isPending}>
        Join
      </Button>
    </form>
  );
}
