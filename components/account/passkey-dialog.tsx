'use client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { PasswordInput } from '#components/account/password-input';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { toast } from '#components/kit/toast';
import { Alert } from '#components/ui/alert';
import { Input } from '#components/ui/input';
import { factorQueries } from '#queries/factors';
import { useCreatePasskey, useRenamePasskey } from '#queries/passkeys';
import { fieldFaults } from '../kit/field-faults';
import { makePasskey, passkeyTrouble } from './browser-passkey';

export interface NamedPasskey {
  /** Absent for one that is still to be made. */
  readonly id?: string;
  readonly name: string;
}

/** Makes a passkey, or gives one another name. */
export function PasskeyDialog({ passkey, onClose }: { passkey: NamedPasskey; onClose: () => void }) {
  const create = useCreatePasskey();
  const rename = useRenamePasskey();
  const factors = useQuery(factorQueries.get());
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const { id } = passkey;
  const asksPassword = id === undefined && (factors.data?.hasPassword ?? true);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const data = new FormData(event.currentTarget);
    const name = String(data.get('name')).trim();
    setFailure(null);
    setPending(true);
    try {
      if (id !== undefined) await rename.mutateAsync({ id, name });
      else {
        const password = asksPassword ? { password: String(data.get('password')) } : {};
        await create.mutateAsync({ ...(await makePasskey()), name, ...password });
        toast.success(`“${name}” signs you in from now on`);
      }
      onClose();
    } catch (error) {
      setFailure(error);
    } finally {
      setPending(false);
    }
  };
  const faults = fieldFaults(failure);
  const trouble = passkeyTrouble(failure);
  return (
    <FormDialog
      title={id === undefined ? 'Add a passkey' : `Rename “${passkey.name}”`}
      text={
        id === undefined
          ? 'Your browser then asks where to keep it, and for your finger, face or PIN.'
          : 'The name is for you, to tell your passkeys apart.'
      }
      action={id === undefined ? 'Add passkey' : 'Rename'}
      className="max-w-md"
      pending={pending}
      onSubmit={submit}
      onClose={onClose}
    >
      {trouble && (
        <Alert tone="warning" title={trouble}>
          Nothing was added. You can try again.
        </Alert>
      )}
      {faults.rest && !trouble && <ErrorState error={failure} />}
      <FormField label="Name" hint="Such as the device that holds it." error={faults.of.name} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={passkey.name}
            maxLength={100}
            autoComplete="off"
            autoFocus
            placeholder="Work laptop"
          />
        )}
      </FormField>
      {asksPassword && (
        <FormField label="Your password" error={faults.of.password} required>
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" />}
        </FormField>
      )}
    </FormDialog>
  );
}
