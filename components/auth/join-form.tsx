'use client';
import { useRouter } from 'next/navigation';
import type { FormEvent } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { useJoinByInvitation } from '#queries/invitations';
import { NewPasswordField } from '../account/new-password-field';
import { useFormFields } from '../account/use-form-fields';

const loadFields = () =>
  import('#api/contract/invitations').then(({ JoinInput }) => JoinInput.pick({ name: true, password: true }));

/** Name and password of a new person; the e-mail address is the invited one. */
export function JoinForm({ link, email }: { link: { id: string; secret: string }; email: string }) {
  const router = useRouter();
  const join = useJoinByInvitation(link.id);
  const { errors, read, refuse } = useFormFields(['name', 'password'], loadFields);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (join.isPending) return;
    const form = event.currentTarget;
    const fields = await read(form);
    if (!fields) return;
    join.mutate(
      { secret: link.secret, ...fields },
      {
        onSuccess: ({ teams }) => router.replace(`/${teams[0]?.slug ?? ''}/sites`),
        onError: (error) => refuse(form, error),
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
      <NewPasswordField label="Password" error={errors.password} />
      <Button type="submit" size="lg" pending={join.isPending}>
        Join
      </Button>
    </form>
  );
}
