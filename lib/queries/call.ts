import type { CallInput } from '#api/client';
import type { BodyInputOf, Operation, QueryInputOf, ResponseOf } from '#api/operation';
import type { Problem } from '#api/problem';
import { ProblemError } from '#api/problem-error';
import { type Sent, send } from '#api/send';
import { askLowering } from './ask-lowering';
import { askProof } from './ask-proof';
import { endpointOf, type OperationId, type OperationOf } from './endpoints';

type Described<Id extends OperationId> = OperationOf<Id> extends Operation ? OperationOf<Id> : never;

export type AnswerOf<Id extends OperationId> = ResponseOf<Described<Id>>;
export type BodyFor<Id extends OperationId> = BodyInputOf<Described<Id>>;
export type QueryFor<Id extends OperationId> = QueryInputOf<Described<Id>>;

/**
 * Calls an operation from the browser: same origin, session cookie. Answers come from the server this page came from, which narrowed them to the
 * contract; they are not checked a second time. Where the server asks for a proof of who is at the browser, the person is asked and the call is sent once
 * more: it was refused before anything happened. Where it lowers a control, they may ask the other admins for it. Throws `ProblemError`.
 */
export async function call<Id extends OperationId>(
  id: Id,
  input: CallInput<Described<Id>>,
): Promise<AnswerOf<Id>> {
  const sending = () =>
    send(endpointOf(id), input as Sent, {
      baseUrl: '',
      fetch: (url, init) => fetch(url, init),
      readProblem: (body) => (isProblem(body) ? body : null),
    });
  const response = await sending().catch(async (error: unknown) => {
    const asks = error instanceof ProblemError && error.problem.code === 'proof-required';
    if (asks && (await askProof())) return sending();
    if (!(error instanceof ProblemError) || error.problem.code !== 'lowers-control') throw error;
    const { team = '', id: of } = (input as Sent).params as Record<string, string | undefined>;
    const { body } = input as { body?: unknown };
    const { problem } = error;
    if (!(await askLowering({ operation: id, team, id: of, body, problem }))) throw error;
    const detail = 'Asked for: nothing has changed yet.';
    throw new ProblemError({ ...problem, detail, hint: 'Settings → Policies shows what waits.' });
  });
  return (response.status === 204 ? undefined : await response.json()) as AnswerOf<Id>;
}

function isProblem(body: unknown): body is Problem {
  const problem = body as Partial<Problem> | null;
  return (
    typeof problem?.code === 'string' && typeof problem.detail === 'string' && Array.isArray(problem.issues)
  );
}
