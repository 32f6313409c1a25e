'use client';
import { useRef } from 'react';
import { Button } from '#components/ui/button';

/** Longer than any private key in use; a larger file is something else. */
const maxKeyBytes = 20_000;

interface Props {
  onText: (text: string) => void;
  onError: (error: string | undefined) => void;
}

/** Reads a private key from a file of this computer into the form. */
export function KeyFileButton({ onText, onError }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => input.current?.click()}>
        Choose file
      </Button>
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        aria-hidden
        className="hidden"
        onChange={async (event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (!chosen) return;
          if (chosen.size > maxKeyBytes) {
            onError('This file is too large to be a private key.');
            return;
          }
          onError(undefined);
          onText(await chosen.text());
        }}
      />
    </>
  );
}
