'use client';
import type { FormEvent } from 'react';
import { PasswordInput } from '#components/account/password-input';
import { CopyButton } from '#components/kit/copy-button';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useBeginFactor, useConfirmFactor, useFactorsChanged } from '#queries/factors';
import { CodeField } from '../kit/code-field';
import { fieldFaults } from '../kit/field-faults';
import { QrCode } from './qr-code';
import { RecoveryCodes } from './recovery-codes';

/** Password, QR code and first code, recovery codes: one after the other. */
export function SetUpFactorDialog({ asksPassword, onClose }: { asksPassword: boolean; onClose: () => void }) {
  const begin = useBeginFactor();
  const confirm = useConfirmFactor();
  const changed = useFactorsChanged();
  const made = begin.data;
  const codes = confirm.data?.recoveryCodes;
  const close = () => {
    if (codes) void changed();
    onClose();
  };
  const start = (event: FormEvent<HTMLFormElement>) => {
    const password = new FormData(event.currentTarget).get('password');
    begin.mutate({ password: asksPassword ? String(password) : null });
  };
  const finish = (event: FormEvent<HTMLFormElement>) => {
    confirm.mutate({ code: String(new FormData(event.currentTarget).get('code')) });
  };
  const beginFaults = fieldFaults(begin.error);
  const confirmFaults = fieldFaults(confirm.error);
  if (made) {
    return (
      <FormDialog
        title="Scan this with your authenticator app"
        text="Then type the code that it shows."
        action="Turn on"
        className="max-w-md"
        steady
        pending={confirm.isPending}
        onSubmit={finish}
        onClose={close}
        result={codes && <RecoveryCodes codes={codes} onDone={close} />}
      >
        <QrCode text={made.uri} label="QR code with the secret for your authenticator app" />
        <p className="flex items-center justify-center gap-1 text-muted-foreground text-xs">
          Or type <code className="text-foreground [overflow-wrap:anywhere]">{made.secret}</code>
          <CopyButton value={made.secret} label="Copy secret" />
        </p>
        {confirmFaults.rest && <ErrorState error={confirm.error} />}
        <CodeField label="Code" error={confirmFaults.of.code} autoFocus />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title="Set up a second factor"
      text="You need an authenticator app on your phone, or a password manager that makes codes."
      action="Continue"
      className="max-w-md"
      pending={begin.isPending}
      onSubmit={start}
      onClose={close}
    >
      {beginFaults.rest && <ErrorState error={begin.error} />}
      {asksPassword && (
        <FormField label="Your password" error={beginFaults.of.password} required>
          {(control) => (
            <PasswordInput {...control} name="password" autoComplete="current-password" autoFocus />
          )}
        </FormField>
      )}
    </FormDialog>
  );
}
