import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { type Operation, outgoing } from '../operation';
import { Problem, type ProblemCode, problemStatus } from '../problem';
import { takesIdempotencyKey } from '../takes-idempotency-key';

interface Told {
  readonly title: string;
  readonly detail: string;
  readonly hint: string;
}

/** What each failure says, as an example. */
const told: Readonly<Record<ProblemCode, Told>> = {
  'bad-request': {
    title: 'The request cannot be read',
    detail: 'The request body is not valid JSON.',
    hint: 'Send JSON, with no fields that the operation does not know.',
  },
  invalid: {
    title: 'The input is not valid',
    detail: 'The input is not valid.',
    hint: 'Fix the fields that `issues` names.',
  },
  unauthenticated: {
    title: 'Sign in first',
    detail: 'This API token is not valid.',
    hint: 'Make a new token in Settings → API tokens.',
  },
  forbidden: {
    title: 'Not allowed',
    detail: 'This API token is not for that: it lacks sites.write.',
    hint: 'Make a token with this permission in Settings → API tokens.',
  },
  'proof-required': {
    title: 'Prove that it is you',
    detail: 'This asks for your password, a passkey or a code once more.',
    hint: 'POST one of them to /api/v1/session/proof, and repeat the call within 10 minutes.',
  },
  'lowers-control': {
    title: 'This lowers a control',
    detail: 'This lowers a control: approvals that every apply needs: 2 → 1.',
    hint: 'POST the same to /api/v1/teams/{team}/lowerings: it takes effect when another admin confirms it.',
  },
  'not-found': { title: 'Not found', detail: 'There is no such site.', hint: 'Look at the list.' },
  conflict: {
    title: 'Conflict',
    detail: 'Ada’s apply is still under way on web1.',
    hint: 'Wait for it to end, then make a new plan.',
  },
  stale: {
    title: 'Changed in the meantime',
    detail: 'Ada saved revision 4 after you began to edit.',
    hint: 'Compare your edit with that revision, and save again on top of it.',
  },
  'precondition-required': {
    title: 'A version is needed',
    detail: 'Say which version this edit was made from.',
    hint: 'Send the ETag of the version you edited in the If-Match header.',
  },
  'too-large': { title: 'Too large', detail: 'The request is larger than 1024 KiB.', hint: 'Send less.' },
  'too-many-requests': {
    title: 'Too many requests',
    detail: 'Too many requests.',
    hint: 'Try again in 12 s.',
  },
  unreachable: {
    title: 'The host does not answer',
    detail: 'web1 cannot be reached.',
    hint: 'Is it running? Is a firewall in between?',
  },
  internal: {
    title: 'Something went wrong',
    detail: 'The server could not do this. Nothing more is known here.',
    hint: 'Look for the request id in the server’s log.',
  },
  busy: {
    title: 'Busy',
    detail: 'The database is busy, nothing was changed.',
    hint: 'Try again in a moment.',
  },
};

/** `NotFound`: the name of a failure among the document's components. */
export const problemName = (code: ProblemCode): string =>
  code.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const issue = {
  code: 'schema.too_big',
  severity: 'error' as const,
  path: ['document', 'upstreams', 0, 'servers', 0, 'port'],
  message: 'must be 1 to 65535',
};

/** Every failure once; operations refer to them. */
export const problemResponses: Readonly<Record<string, ZodOpenApiResponseObject>> = Object.fromEntries(
  (Object.keys(problemStatus) as ProblemCode[]).map((code) => {
    const { title, detail, hint } = told[code];
    const example = Problem.parse({
      type: `urn:gatehouse:problem:${code}`,
      title,
      status: problemStatus[code],
      code,
      detail,
      hint,
      requestId: '5f0c2b3e-7c1c-4a57-9a53-3e0f6a1f5d11',
      issues: code === 'invalid' ? [issue] : [],
    });
    const retry = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } };
    const limits = {
      RateLimit: { $ref: '#/components/headers/RateLimit' },
      'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
    };
    return [
      problemName(code),
      {
        description: title,
        headers: {
          'X-Request-Id': { $ref: '#/components/headers/RequestId' },
          ...(code === 'too-many-requests' ? limits : {}),
          ...(code === 'too-many-requests' || code === 'busy' ? retry : {}),
        },
        content: { 'application/problem+json': { schema: Problem, example } },
      },
    ];
  }),
);

/** The ways in which an operation can fail. */
export function problemsOf(operation: Operation): ProblemCode[] {
  const { gate, body, params, ifMatch, method } = operation;
  const codes = new Set<ProblemCode>(['bad-request', 'too-many-requests', 'internal', 'busy']);
  if (gate.kind !== 'public') codes.add('unauthenticated');
  if (gate.kind !== 'signed-in' || method !== 'GET') codes.add('forbidden');
  if (operation.audit !== null && operation.proof !== 'none') codes.add('proof-required');
  if (params) codes.add('not-found');
  if (body) codes.add('too-large');
  if (body || operation.query || takesIdempotencyKey(operation)) codes.add('invalid');
  if (method !== 'GET') codes.add('conflict');
  if (ifMatch) codes.add('stale').add('precondition-required');
  if (operation.rateLimit === outgoing && method !== 'GET') codes.add('unreachable').add('stale');
  return (Object.keys(problemStatus) as ProblemCode[]).filter((code) => codes.has(code));
}
