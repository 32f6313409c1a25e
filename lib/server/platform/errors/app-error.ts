import 'server-only';
import type { ProblemCode } from '#api/problem';
import type { Issue } from '#core/issue';

interface Details {
  /** What to do next. */
  readonly hint?: string;
  /** Findings at fields of the request body. */
  readonly issues?: readonly Issue[];
  /** Seconds after which another try makes sense. */
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** An expected failure: its code decides the status, its message is for the person who asked. Everything else becomes `internal`. */
export class AppError extends Error {
  override readonly name = 'AppError';

  /** By name: the bundler may load this module twice, and what one copy throws the other must recognise. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'AppError';
  }

  readonly hint: string | undefined;
  readonly issues: readonly Issue[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ProblemCode,
    message: string,
    { hint, issues = [], retryAfterSeconds, cause }: Details = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.hint = hint;
    this.issues = issues;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The answer for what does not exist and for what belongs to another team: the two must look the same. */
export const notFound = (what: string) => new AppError('not-found', `There is no such ${what}.`);
