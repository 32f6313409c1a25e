'use client';
import type { FormEvent } from 'react';
import { PasswordInput } from '#components/account/password-input';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { toast } from '#components/kit/toast';
import { useFactorsChanged, useRemoveFactor, useRenewCodes } from '#queries/factors';
import { CodeField } from '../kit/code-field';
import { fieldFaults } from '../kit/field-faults';
import { RecoveryCodes } from './recovery-codes';

interface Props {
  purpose: 'remove' | 'renew';
  asksPassword: boolean;
  onClose: () => void;
}

const words = {
  remove: {
    title: 'Turn the second factor off?',
    text: 'From then on your password alone signs you in. Teams that ask for a second factor shut you out.',
    action: 'Turn off',
  },
  renew: {
    title: 'New recovery codes?',
    text: 'The ones you have stop working.',
    action: 'Make new codes',
  },
};

/** Asks for both factors before the second one changes. */
export function FactorCodeDialog({ purpose, asksPassword, onClose }: Props) {
  const remove = useRemoveFactor();
  const renew = useRenewCodes();
  const changed = useFactorsChanged();
  const running = purpose === 'remove' ? remove : renew;
  const faults = fieldFaults(running.error);
  const done = () => {
    void changed();
    onClose();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const data = new FormData(event.currentTarget);
    const body = {
      code: String(data.get('code')),
      ...(asksPassword ? { password: String(data.get('password')) } : {}),
    };
    if (purpose === 'renew') return renew.mutate(body);
    remove.mutate(body, {
      onSuccess: () => {
        toast.success('The second factor is off');
        done();
      },
    });
  };
  const codes = renew.data?.recoveryCodes;
  const { title, text, action } = words[purpose];
  return (
    <FormDialog
      title={title}
      text={text}
      action={action}
      variant={purpose === 'remove' ? 'destructive' : 'default'}
      className="max-w-md"
      pending={running.isPending}
      onSubmit={submit}
      onClose={codes ? done : onClose}
      result={codes && <RecoveryCodes codes={codes} onDone={done} />}
    >
      {faults.rest && <ErrorState error={running.error} />}
      {asksPassword && (
        <FormField label="Your password" error={faults.of.password} required>
          {(control) => (
            <PasswordInput {...control} name="password" autoComplete="current-password" autoFocus />
          )}
        </FormField>
      )}
      <CodeField label="Code" hint="From your app, or a recovery code." error={faults.of.code} />
    </FormDialog>
  );
}
