import type { Problem } from './problem';

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
