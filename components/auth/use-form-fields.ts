import { useState } from 'react';
import type { z } from 'zod';
import { ProblemError } from '#api/problem-error';
import { sentence } from '../shell/sentence';

type Issues = readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];

/** Reads the fields of a form by their names. What the schema or the server has against one stands at it, and the first gets the focus. */
export function useFormFields<Shape extends Readonly<Record<string, z.ZodType>>>(schema: z.ZodObject<Shape>) {
  const names = Object.keys(schema.shape) as (keyof Shape & string)[];
  const [errors, setErrors] = useState<Partial<Record<keyof Shape, string>>>({});
  const show = (form: HTMLFormElement, issues: Issues) => {
    const found: Partial<Record<keyof Shape, string>> = {};
    for (const name of names) {
      const issue = issues.find(({ path }) => path.at(-1) === name);
      if (issue) found[name] = sentence(issue.message);
    }
    setErrors(found);
    const first = names.find((name) => found[name]);
    if (first) form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };
  return {
    errors,
    /** The values, or `null` and the errors are shown. */
    read: (form: HTMLFormElement) => {
      const parsed = schema.safeParse(Object.fromEntries(new FormData(form)));
      show(form, parsed.success ? [] : parsed.error.issues);
      return parsed.success ? parsed.data : null;
    },
    /** Shows what the server said. */
    refuse: (form: HTMLFormElement, error: unknown) =>
      show(form, error instanceof ProblemError ? error.problem.issues : []),
  };
}
