import { useRef, useState } from 'react';
import type { z } from 'zod';
import { ProblemError } from '#api/problem-error';
import { sentence } from '../kit/sentence';

type Issues = readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
type Shape = Readonly<Record<string, z.ZodType<string>>>;

/**
 * Reads the fields of a form by their names. Errors of the schema and the server are shown next to their field, and the first gets the focus. Schemas are more
 * script than the rest of such a page, so that theirs is loaded by the first press of the button.
 */
export function useFormFields<Fields extends Shape>(
  names: readonly (keyof Fields & string)[],
  load: () => Promise<z.ZodObject<Fields>>,
) {
  const [errors, setErrors] = useState<Partial<Record<keyof Fields, string>>>({});
  const reading = useRef(false);
  const show = (form: HTMLFormElement, issues: Issues) => {
    const found: Partial<Record<keyof Fields, string>> = {};
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
    /** The values, or `null` and the errors are shown; `null` as well while an earlier press is still being read. */
    read: async (form: HTMLFormElement) => {
      if (reading.current) return null;
      reading.current = true;
      const typed = Object.fromEntries(new FormData(form));
      try {
        const schema = await load().catch(() => null);
        // Without a connection the call itself fails too, and says so.
        if (!schema) return typed as z.infer<z.ZodObject<Fields>>;
        const parsed = schema.safeParse(typed);
        show(form, parsed.success ? [] : parsed.error.issues);
        return parsed.success ? parsed.data : null;
      } finally {
        reading.current = false;
      }
    },
    /** Shows what the server said. */
    refuse: (form: HTMLFormElement, error: unknown) =>
      show(form, error instanceof ProblemError ? error.problem.issues : []),
  };
}
