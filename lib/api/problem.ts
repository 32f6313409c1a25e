import { z } from 'zod';
import { Issue } from '#core/issue';

/** Every way an operation can fail, with the status it has on the wire. */
export const problemStatus = {
  'bad-request': 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  /** Allowed, once the person at the browser has proven again who they are. */
  'proof-required': 403,
  /** Lowers a control, which nobody does alone: ask for it. */
  'lowers-control': 409,
  'not-found': 404,
  conflict: 409,
  stale: 412,
  'precondition-required': 428,
  'too-large': 413,
  'too-many-requests': 429,
  unreachable: 502,
  internal: 500,
  busy: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** RFC 9457 problem document; `issues` name fields of the request body. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  /** What to do next. */
  hint: z.string().optional(),
  requestId: z.string(),
  issues: z.array(Issue).default([]),
});
export type Problem = z.infer<typeof Problem>;
