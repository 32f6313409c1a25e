'use client';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Fingerprint } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { CodeField } from '#components/kit/code-field';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { proofQueries, useGiveProof } from '#queries/proof';
import { fieldFaults } from '../kit/field-faults';
import { passkeysPossible, passkeyTrouble, provePasskey } from './browser-passkey';
import { PasswordInput } from './password-input';

const text =
  'This changes a control, a key or an account, so prove that it is you. The proof counts for ten minutes.';

/** Asks for a password, a code or a passkey once more. What waits for it goes on by itself. */
export function ProofDialog({ onDone }: { onDone: (given: boolean) => void }) {
  const ways = useQuery(proofQueries.get());
  const give = useGiveProof();
  const [byCode, setByCode] = useState(false);
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const faults = fieldFaults(give.error);
  const { password = false, code = false, passkey = false } = ways.data ?? {};
  const field = code && (byCode || !password) ? 'code' : 'password';
  const nothing = ways.isSuccess && !password && !code && !passkey;
  const withPasskey = passkey && passkeysPossible();
  const done = { onSuccess: () => onDone(true) };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    // What the person did in another tab counts here, too.
    if (nothing) return onDone(true);
    const value = String(new FormData(event.currentTarget).get(field));
    give.mutate(field === 'code' ? { code: value } : { password: value }, done);
  };
  const pressPasskey = async () => {
    setRefused(null);
    setAsking(true);
    try {
      await give.mutateAsync({ passkey: await provePasskey() });
      onDone(true);
    } catch (error) {
      setRefused(error);
    } finally {
      setAsking(false);
    }
  };
  const trouble = passkeyTrouble(refused);

  return (
    <FormDialog
      title="Is it you?"
      text={text}
      action={nothing ? 'I have signed in' : 'Continue'}
      className="max-w-md"
      steady
      pending={give.isPending && !asking}
      disabled={!ways.isSuccess || (!password && !code && !nothing)}
      onSubmit={submit}
      onClose={() => onDone(false)}
    >
      {ways.isError && <ErrorState error={ways.error} onRetry={() => ways.refetch()} />}
      {(faults.rest || Boolean(refused)) && !trouble && <ErrorState error={give.error ?? refused} />}
      {trouble && (
        <Alert tone="warning" title={trouble}>
          Try again, or prove it another way.
        </Alert>
      )}
      {nothing && (
        <Alert tone="info" title="Your account has no password, passkey or code here.">
          <p>Sign in once more in another tab, then come back. Nothing here is lost.</p>
          <Button variant="outline" size="sm" className="mt-2" asChild>
            <a href="/sign-in" target="_blank" rel="noreferrer">
              <ExternalLink />
              Sign in
            </a>
          </Button>
        </Alert>
      )}
      {field === 'password' && password && (
        <FormField label="Your password" error={faults.of.password} required>
          {(control) => (
            <PasswordInput {...control} name="password" autoComplete="current-password" autoFocus />
          )}
        </FormField>
      )}
      {field === 'code' && code && (
        <CodeField label="Code" hint="From your app, or a recovery code." error={faults.of.code} autoFocus />
      )}
      {(withPasskey || (password && code)) && (
        <div className="flex flex-wrap gap-2">
          {withPasskey && (
            <Button variant="outline" size="sm" pending={asking} onClick={pressPasskey}>
              <Fingerprint />
              Use a passkey
            </Button>
          )}
          {password && code && (
            <Button variant="outline" size="sm" onClick={() => setByCode(field !== 'code')}>
              {field === 'code' ? 'Use your password' : 'Use a code'}
            </Button>
          )}
        </div>
      )}
    </FormDialog>
  );
}
