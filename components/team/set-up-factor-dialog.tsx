'use client';
import type { FormEvent } from 'react';
import { PasswordInput } from '#components/auth/password-input';
import { CopyButton } from '#components/shell/copy-button';
import { ErrorState } from '#components/shell/error-state';
import { FormField } from '#components/shell/form-field';
import { Button } from '#components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';
import { useBeginFactor, useConfirmFactor, useFactorsChanged } from '#queries/factors';
import { fieldFaults } from '../shell/field-faults';
import { CodeField } from './code-field';
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
    event.preventDefault();
    if (begin.isPending) return;
    const password = new FormData(event.currentTarget).get('password');
    begin.mutate({ password: asksPassword ? String(password) : null });
  };
  const finish = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!confirm.isPending) confirm.mutate({ code: String(new FormData(event.currentTarget).get('code')) });
  };
  const beginFaults = fieldFaults(begin.error);
  const confirmFaults = fieldFaults(confirm.error);
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        className="max-w-md"
        // A stray click must not close the only view of the secret and the codes.
        onInteractOutside={(event) => made && event.preventDefault()}
      >
        {codes ? (
          <RecoveryCodes codes={codes} onDone={close} />
        ) : made ? (
          <form onSubmit={finish} noValidate className="flex flex-col gap-4">
            <DialogHeader>
              <DialogTitle>Scan this with your authenticator app</DialogTitle>
              <DialogDescription>Then type the code that it shows.</DialogDescription>
            </DialogHeader>
            <QrCode text={made.uri} label="QR code with the secret for your authenticator app" />
            <p className="flex items-center justify-center gap-1 text-muted-foreground text-xs">
              Or type <code className="text-foreground [overflow-wrap:anywhere]">{made.secret}</code>
              <CopyButton value={made.secret} label="Copy secret" />
            </p>
            {confirmFaults.rest && <ErrorState error={confirm.error} />}
            <CodeField label="Code" error={confirmFaults.of.code} autoFocus />
            <DialogFooter>
              <Button variant="outline" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" pending={confirm.isPending}>
                Turn on
              </Button>
            </DialogFooter>
          </form>
        ) : (
          <form onSubmit={start} noValidate className="flex flex-col gap-4">
            <DialogHeader>
              <DialogTitle>Set up a second factor</DialogTitle>
              <DialogDescription>
                You need an authenticator app on your phone, or a password manager that makes codes.
              </DialogDescription>
            </DialogHeader>
            {beginFaults.rest && <ErrorState error={begin.error} />}
            {asksPassword && (
              <FormField label="Your password" error={beginFaults.of.password} required>
                {(control) => (
                  <PasswordInput {...control} name="password" autoComplete="current-password" autoFocus />
                )}
              </FormField>
            )}
            <DialogFooter>
              <Button variant="outline" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" pending={begin.isPending}>
                Continue
              </Button>
            </DialogFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}
