'use client';
import type { ReactNode } from 'react';
import { FormField } from '#components/kit/form-field';
import { Input } from '#components/ui/input';

interface Props {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  autoFocus?: boolean;
}

/** Where a code of an authenticator app is typed; phones offer digits, and browsers what they just received. */
export function CodeField({ label, hint, error, autoFocus = false }: Props) {
  return (
    <FormField label={label} hint={error ? undefined : hint} error={error} required>
      {(control) => (
        <Input
          {...control}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={autoFocus}
          maxLength={64}
          className="font-mono tracking-wider"
        />
      )}
    </FormField>
  );
}
