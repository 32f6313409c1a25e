import type { ComponentProps, ReactNode } from 'react';
import { FormField } from '#components/kit/form-field';
import { Input } from '#components/ui/input';
import { sentence } from './sentence';

interface Props extends ComponentProps<'input'> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A labelled line for technical values: nothing corrects, capitalises or remembers what is typed. */
export function TextField({ label, hint, error, className, ...props }: Props) {
  return (
    <FormField label={label} hint={hint} error={error && sentence(error)} {...(className && { className })}>
      {(control) => (
        <Input {...control} autoComplete="off" autoCapitalize="none" spellCheck={false} {...props} />
      )}
    </FormField>
  );
}
