'use client';
import { Fingerprint } from 'lucide-react';
import { useEffect, useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { useSignInWithPasskey } from '#queries/passkeys';
import { passkeysPossible, passkeyTrouble, provePasskey } from './browser-passkey';

/** Signs in with a passkey, where the browser can. */
export function PasskeyButton({ onSignedIn }: { onSignedIn: () => void }) {
  const signIn = useSignInWithPasskey();
  const [possible, setPossible] = useState(false);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => setPossible(passkeysPossible()), []);
  if (!possible) return null;
  const press = async () => {
    setFailure(null);
    setAsking(true);
    try {
      await signIn.mutateAsync(await provePasskey());
      onSignedIn();
    } catch (error) {
      setFailure(error);
    } finally {
      setAsking(false);
    }
  };
  const trouble = passkeyTrouble(failure);
  return (
    <>
      {trouble && (
        <Alert tone="warning" title={trouble}>
          Try again, or sign in with your password.
        </Alert>
      )}
      {Boolean(failure) && !trouble && <ErrorState error={failure} />}
      <Button variant="outline" size="lg" pending={asking} onClick={press}>
        <Fingerprint />
        Sign in with a passkey
      </Button>
    </>
  );
}
