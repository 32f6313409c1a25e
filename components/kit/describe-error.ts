import { ProblemError } from '#api/problem-error';

export interface Trouble {
  readonly title: string;
  readonly hint: string | undefined;
  readonly requestId: string | undefined;
}

/** What to tell people about a failed request: the server's own words, or that it could not be asked. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ProblemError && error.problem.status > 0) {
    const { detail, title, hint, requestId } = error.problem;
    return { title: detail || title, hint, requestId: requestId || undefined };
  }
  return {
    title: 'The dashboard did not answer.',
    hint: 'Check your connection and that Gatehouse is running, then try again.',
    requestId: undefined,
  };
}
