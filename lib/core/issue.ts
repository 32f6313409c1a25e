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
});
export type Issue = z.infer<typeof Issue>;

/** `upstreams[0].servers[0].port`: the field's path as people read it. */
export function formatPath(path: Issue['path']): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  );
}

/** Turns zod's findings into ours, keeping each field's path. */
export function issuesFromZod(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => ({
    code: `schema.${issue.code}`,
    severity: 'error' as const,
    path: issue.path.map((part) => (typeof part === 'number' ? part : String(part))),
    message: issue.message,
  }));
}
