'use client';
import type { ReactNode } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { ProblemError } from '#api/problem-error';
import { FormField } from '#components/shell/form-field';
import { Input } from '#components/ui/input';
import { Textarea } from '#components/ui/textarea';

export interface TemplateValues {
  name: string;
  description: string;
}

/** What the server says about the name, if that is at fault. */
export function nameFault(error: unknown): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.issues.find(({ path }) => path[0] === 'name')?.message;
}

/** Name and description of a template. */
export function TemplateFields({
  form,
  nameHint,
}: {
  form: UseFormReturn<TemplateValues>;
  nameHint?: ReactNode;
}) {
  return (
    <>
      <FormField label="Name" hint={nameHint} error={form.formState.errors.name?.message} required>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            maxLength={100}
            placeholder="Internal Jenkins"
            {...form.register('name', { validate: (name) => name.trim() !== '' || 'Enter a name.' })}
          />
        )}
      </FormField>
      <FormField label="Description" hint="What it is for, for your colleagues.">
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
