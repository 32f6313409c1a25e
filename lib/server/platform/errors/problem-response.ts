import 'server-only';
import { Problem, type ProblemCode, problemStatus } from '#api/problem';
import { AppError } from './app-error';
import { TransportError } from './transport-error';

const titles: Record<ProblemCode, string> = {
  'bad-request': 'The request cannot be read',
  invalid: 'The input is not valid',
  unauthenticated: 'Sign in first',
  forbidden: 'Not allowed',
  'proof-required': 'Prove that it is you',
  'lowers-control': 'This lowers a control',
  'not-found': 'Not found',
  conflict: 'Conflict',
  stale: 'Changed in the meantime',
  'precondition-required': 'A version is needed',
  'too-large': 'Too large',
  'too-many-requests': 'Too many requests',
  unreachable: 'The host does not answer',
  internal: 'Something went wrong',
  busy: 'Busy',
};

/** The first statement of every transaction is a raw one, whose failure Prisma tells in words only. */
const isLocked = (error: unknown) => error instanceof Error && /Code: `SQLITE_BUSY/.test(error.message);

/** Failures that a library reports by a code of its own. */
function known(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  if (error instanceof TransportError)
    return new AppError('unreachable', error.message, { hint: error.hint });
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'P2002') return new AppError('conflict', 'Something with this name exists already.');
  if (code === 'P2025') return new AppError('not-found', 'There is nothing here.');
  if (code === 'P2003') return new AppError('conflict', 'Something else still needs this.');
  // The database's lock, or its queue of writers, did not get free in time: nothing was written.
  if (code === 'P1008' || code === 'P2024' || code === 'P2028' || isLocked(error)) {
    return new AppError('busy', 'The database is busy, nothing was changed.', {
      hint: 'Try again in a moment.',
      retryAfterSeconds: 2,
    });
  }
  return undefined;
}

/** The wire form of a failure. What is not expected becomes `internal`, without a word of the error itself. */
export function problemResponse(
  error: unknown,
  requestId: string,
): { response: Response; expected: boolean } {
  const expected = known(error);
  const shown =
    expected ??
    new AppError('internal', 'The server could not do this. Nothing more is known here.', {
      hint: `Look for request ${requestId} in the server’s log.`,
    });
  const problem = Problem.parse({
    type: `urn:gatehouse:problem:${shown.code}`,
    title: titles[shown.code],
    status: problemStatus[shown.code],
    code: shown.code,
    detail: shown.message,
    ...(shown.hint ? { hint: shown.hint } : {}),
    requestId,
    issues: shown.issues,
  });
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (shown.retryAfterSeconds !== undefined) headers.set('retry-after', String(shown.retryAfterSeconds));
  if (shown.code === 'unauthenticated') headers.set('www-authenticate', 'Bearer');
  const response = new Response(JSON.stringify(problem), { status: problem.status, headers });
  return { response, expected: shown.code !== 'internal' && shown.code !== 'busy' };
}
