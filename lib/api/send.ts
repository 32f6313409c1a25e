import type { Problem } from './problem';
import { ProblemError } from './problem-error';

/** Where and how a call goes: an operation of the contract, or just its method and path. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
}

export interface Sent {
  readonly params?: Record<string, unknown>;
  readonly query?: Record<string, unknown>;
  readonly body?: unknown;
  readonly ifMatch?: string | number;
  /** Names the call, so that repeating it changes nothing again. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface SendOptions {
  /** Origin of the dashboard; empty in the browser. */
  readonly baseUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** API token; a browser's session needs none. */
  readonly token?: string;
  /** Recognises a problem document; `null` for anything else. */
  readonly readProblem: (body: unknown) => Problem | null;
}

/** Path and query string of a call. */
export function endpointUrl(endpoint: Pick<Endpoint, 'path'>, { params = {}, query = {} }: Sent): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
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

/** Sends one call; throws `ProblemError` for every failure but an abort. */
export async function send(endpoint: Endpoint, sent: Sent, options: SendOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.token) headers.authorization = `Bearer ${options.token}`;
  if (sent.body !== undefined) headers['content-type'] = 'application/json';
  if (sent.ifMatch !== undefined) headers['if-match'] = `"${sent.ifMatch}"`;
  if (sent.idempotencyKey !== undefined) headers['idempotency-key'] = `"${sent.idempotencyKey}"`;
  const init: RequestInit = { method: endpoint.method, headers };
  if (sent.body !== undefined) init.body = JSON.stringify(sent.body);
  if (sent.signal) init.signal = sent.signal;
  const response = await options
    .fetch(options.baseUrl + endpointUrl(endpoint, sent), init)
    .catch((error: unknown) => {
      if (sent.signal?.aborted) throw error;
      throw failure(0, 'The dashboard cannot be reached.', '');
    });
  if (response.ok) return response;
  const problem = options.readProblem(await response.json().catch(() => null));
  const requestId = response.headers.get('x-request-id') ?? '';
  if (!problem)
    throw failure(response.status, `The dashboard answered with status ${response.status}.`, requestId);
  const seconds = Number(response.headers.get('retry-after'));
  throw new ProblemError(problem, seconds > 0 ? seconds : null);
}
