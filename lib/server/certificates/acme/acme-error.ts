import 'server-only';
import { clean, type Explained, explainProblem, problemName } from '#core/acme/explain-problem';
import type { AcmeProblem } from '#core/acme/resources';

/**
 * Why a CA did not do what it was asked. `problem`: it said so itself. The others: it could not be reached, took too long, is not trusted, or does not
 * speak ACME.
 */
export type AcmeFailure = 'problem' | 'unreachable' | 'timeout' | 'untrusted' | 'not-acme';

/** A refusal of a CA, with its own words and when it may be asked again. */
export class AcmeError extends Error {
  override readonly name = 'AcmeError';
  readonly hint: string;
  readonly status: number | null;
  readonly problem: AcmeProblem | null;
  /** What its `Retry-After` says. */
  readonly retryAt: Date | null;

  constructor(
    readonly kind: AcmeFailure,
    { message, hint }: Explained,
    more: { status?: number; problem?: AcmeProblem; retryAt?: Date | null } = {},
  ) {
    super(message);
    this.hint = hint;
    this.status = more.status ?? null;
    this.problem = more.problem ?? null;
    this.retryAt = more.retryAt ?? null;
  }

  static of(problem: AcmeProblem, status: number, retryAt: Date | null): AcmeError {
    return new AcmeError('problem', explainProblem(problem), { status, problem, retryAt });
  }

  /** Short name of the CA's error type, empty where it gave none. */
  get type(): string {
    return this.problem ? problemName(this.problem.type) : '';
  }
}

export const notAcme = (url: URL, status: number, begins: string): AcmeError =>
  new AcmeError(
    'not-acme',
    {
      message: `${url.host} answered ${status} with something that is not ACME${begins ? `: “${clean(begins).slice(0, 120)}”` : '.'}`,
      hint: 'Check the directory URL of the issuer, and whether a proxy or a captive portal answers in place of the CA.',
    },
    { status },
  );
