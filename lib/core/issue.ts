import { z } from 'zod';

/** `error` stops a save or an apply, `warning` is shown in the review, `advice` is optional reading. */
export const Severity = z.enum(['error', 'warning', 'advice']);
export type Severity = z.infer<typeof Severity>;

/**
 * A finding about a document, a rendering or a host.
 * `path` names the field of the site document (`['upstreams', 0, 'servers', 0, 'port']`), empty when no field is at fault.
 */
export const Issue = z.object({
  code: z.string(),
  severity: Severity,
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
  /** What to do next. */
  hint: z.string().optional(),
  /** Name of the site the path belongs to, where findings of several sites are listed together. */
  site: z.string().optional(),
  /** A person may let it through: a plan that is made with this and a reason has it on record instead. */
  decision: z.string().optional(),
  /** A block that the plan may take over, as `FILE:LINE`: a plan that is made with this takes it away in the same apply. */
  takeOver: z.string().optional(),
});
export type Issue = z.infer<typeof Issue>;

/** A finding that stops a save or an apply. */
export const errorIssue = (code: string, path: Issue['path'], message: string, hint?: string): Issue => ({
  code,
  severity: 'error',
  path,
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** Turns zod's findings into ours, one per field at fault. */
export function issuesFromZod(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue) => fromIssue(issue, []));
}

function fromIssue(issue: z.core.$ZodIssue, parent: Issue['path']): Issue[] {
  const path = [...parent, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'schema.unknown-field',
      severity: 'error',
      path: [...path, key],
      message: 'is not a known field',
    }));
  }
  // A union of objects: the branch with the fewest findings is the one that was meant. A union that brings its own message is told as a whole.
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    const [nearest] = [...issue.errors].sort((a, b) => a.length - b.length);
    if (nearest?.length) return nearest.flatMap((inner) => fromIssue(inner, path));
  }
  return [{ code: `schema.${issue.code}`, severity: 'error', path, message: messageOf(issue) }];
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return 'is required';
  return issue.message;
}
