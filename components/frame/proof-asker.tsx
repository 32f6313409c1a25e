'use client';
import { useEffect, useState } from 'react';
import { offerProof } from '#queries/ask-proof';
import { later } from '../kit/lazy-component';

const ProofDialog = later(() => import('../account/proof-dialog').then((module) => module.ProofDialog));

/** Opens one dialog, over whatever is open, when the server asks for a proof of who is at the browser. */
export function ProofAsker() {
  const [answer, setAnswer] = useState<((given: boolean) => void) | null>(null);
  useEffect(
    () =>
      offerProof(
        () =>
          new Promise<boolean>((resolve) => {
            setAnswer(() => resolve);
          }),
      ),
    [],
  );
  if (answer === null) return null;
  return (
    <ProofDialog
      onDone={(given) => {
        setAnswer(null);
        answer(given);
      }}
    />
  );
}
