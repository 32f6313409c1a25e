import type { z } from 'zod';
import type { BodyInputOf, Operation, QueryInputOf, ResponseOf } from './operation';
import { Problem } from './problem';

/** A failed call, with the server's own explanation. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: Problem,
    /** When a refused caller may come again. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail);
  }
}

export interface ClientOptions {
  /** Origin of the dashboard; empty in the browser. */
  readonly baseUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** API token; a browser's session needs none. */
  readonly token?: string;
}

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
  (O extends { readonly ifMatch: true } ? { readonly ifMatch: string | number } : unknown);

interface AnyInput extends Optional {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly ifMatch?: string | number;
}

export interface Client {
  /** Calls an operation of the contract; throws `ProblemError` for every failure but an abort. */
  call<const O extends Operation>(operation: O, input: CallInput<O>): Promise<ResponseOf<O>>;
}

/** Path and query string of a call. */
export function operationUrl(operation: Operation, { params = {}, query = {} }: AnyInput): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size > 0 ? `${path}?${search}` : path;
}

const failure = (status: number, detail: string, requestId: string): ProblemError =>
  new ProblemError({
    type: 'about:blank',
    title: 'Something went wrong',
    status,
    code: 'internal',
    detail,
    requestId,
    issues: [],
  });

async function problemOf(response: Response): Promise<ProblemError> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (parsed.success) {
    const seconds = Number(response.headers.get('retry-after'));
    return new ProblemError(parsed.data, seconds > 0 ? seconds : null);
  }
  const requestId = response.headers.get('x-request-id') ?? '';
  return failure(response.status, `The dashboard answered with status ${response.status}.`, requestId);
}

/** A typed client of the HTTP interface, for the browser's queries, the command line and tests. */
export function createClient({ baseUrl, fetch, token }: ClientOptions): Client {
  return {
    async call(operation, given) {
      const input = given as AnyInput;
      const headers: Record<string, string> = { accept: 'application/json' };
      if (token) headers.authorization = `Bearer ${token}`;
      if (input.body !== undefined) headers['content-type'] = 'application/json';
      if (input.ifMatch !== undefined) headers['if-match'] = `"${input.ifMatch}"`;
      const init: RequestInit = { method: operation.method, headers };
      if (input.body !== undefined) init.body = JSON.stringify(input.body);
      if (input.signal) init.signal = input.signal;
      const response = await fetch(baseUrl + operationUrl(operation, input), init).catch((error: unknown) => {
        if (input.signal?.aborted) throw error;
        throw failure(0, 'The dashboard cannot be reached.', '');
      });
      if (!response.ok) throw await problemOf(response);
      if (operation.response === null || operation.response === 'event-stream') {
        return undefined as ResponseOf<typeof operation>;
      }
      return operation.response.parse(await response.json()) as ResponseOf<typeof operation>;
    },
  };
}
