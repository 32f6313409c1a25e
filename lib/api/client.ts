import type { z } from 'zod';
import type { BodyInputOf, Operation, QueryInputOf, ResponseOf } from './operation';
import { Problem } from './problem';
import { endpointUrl, type SendOptions, type Sent, send } from './send';

export { ProblemError } from './problem-error';

export type ClientOptions = Omit<SendOptions, 'readProblem'>;

type ParamsInputOf<O extends Operation> = O['params'] extends z.ZodType ? z.input<O['params']> : undefined;

interface Optional {
  readonly signal?: AbortSignal;
}
type Part<Name extends string, T, Missing> = [T] extends [Missing] ? unknown : { readonly [N in Name]: T };

/** What a call of one operation takes: exactly the parts that it declares. */
export type CallInput<O extends Operation> = Optional &
  Part<'params', ParamsInputOf<O>, undefined> &
  (O['query'] extends z.ZodType ? { readonly query?: QueryInputOf<O> } : unknown) &
  Part<'body', BodyInputOf<O>, undefined> &
  (O extends { readonly ifMatch: true } ? { readonly ifMatch: string | number } : unknown) &
  (O extends { readonly method: 'POST'; readonly status: 201 | 202 }
    ? { readonly idempotencyKey?: string }
    : unknown);

export interface Client {
  /** Calls an operation of the contract; throws `ProblemError` for every failure but an abort. */
  call<const O extends Operation>(operation: O, input: CallInput<O>): Promise<ResponseOf<O>>;
}

/** Path and query string of a call. */
export function operationUrl(operation: Operation, input: Sent): string {
  return endpointUrl(operation, input);
}

/** A typed client of the HTTP interface, for the command line, other programs and tests. It checks every answer against the contract. */
export function createClient(options: ClientOptions): Client {
  const readProblem = (body: unknown) => Problem.safeParse(body).data ?? null;
  return {
    async call(operation, input) {
      const response = await send(operation, input as Sent, { ...options, readProblem });
      if (operation.response === null || typeof operation.response === 'string') {
        return undefined as ResponseOf<typeof operation>;
      }
      return operation.response.parse(await response.json()) as ResponseOf<typeof operation>;
    },
  };
}
