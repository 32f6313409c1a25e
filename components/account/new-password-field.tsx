'use client';
import { FormField } from '#components/kit/form-field';
import { PasswordInput } from './password-input';

interface Props {
  label: string;
  error: string | undefined;
  autoFocus?: boolean;
}

/** Where a person chooses a password. */
export function NewPasswordField({ label, error, autoFocus = false }: Props) {
  return (
    <FormField
      label={label}
      hint={error ? undefined : 'At least 12 characters; a few words are good.'}
      error={error}
      required
    >
      {(control) => (
        <PasswordInput {...control} autoComplete="new-password" autoFocus={autoFocus} name="password" />
      )}
    </FormField>
  );
}
