'use client';
import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { ProblemError } from '#api/problem-error';
import { Input } from '#components/ui/input';
import { Textarea } from '#components/ui/textarea';
import { FormField } from './form-field';

export interface Named {
  name: string;
  description: string;
}

/** What the server says about the name, if that is at fault. */
export function nameFault(error: unknown): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.issues.find(({ path }) => path[0] === 'name')?.message;
}

interface Props {
  form: UseFormReturn<Named>;
  placeholder: string;
  /** What a description of such a thing says. */
  describes: string;
  nameHint?: ReactNode;
}

/** Name and description of something that a team makes for itself. */
export function NamedFields({ form, placeholder, describes, nameHint }: Props) {
  return (
    <>
      <FormField label="Name" hint={nameHint} error={form.formState.errors.name?.message} required>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={100}
            placeholder={placeholder}
            {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
        )}
      </FormField>
      <FormField label="Description" hint={describes}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={500}
            rows={2}
            {...form.register('description', { setValueAs: (text: string) => text.replace(/\s+/g, ' ') })}
          />
        )}
      </FormField>
    </>
  );
}
