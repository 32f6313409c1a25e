import 'server-only';
import { fieldProblem } from '../../platform/errors/field-problem';
import { assertMayTry, countFailure, forgetFailures } from '../sessions/sign-in-backoff';

/** The refusal of a code, at its field. */
export const wrongCode = () =>
  fieldProblem(
    'code.wrong',
    ['code'],
    'this code is wrong, or was used before',
    'Wait for the next code, and check that the clock of your device is right.',
  );

/**
 * Runs what takes a code of the person, with guessing slowed down: five wrong ones are free, then each doubles the wait, whatever address
 * they come from. A code has six digits only.
 *
 * @throws AppError `too-many-requests`
 */
export async function guardedCode<T>(userId: string, work: () => Promise<T>): Promise<T> {
  const key = `second factor of ${userId}`;
  assertMayTry(key);
  // Counted before, so that many tries at once do not pass together.
  countFailure(key);
  const value = await work();
  forgetFailures(key);
  return value;
}
