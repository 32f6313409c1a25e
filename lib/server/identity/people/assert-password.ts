import 'server-only';
import { verifyPassword } from 'better-auth/crypto';
import type { ReadDb } from '../../platform/database/db';
import { fieldProblem } from '../../platform/errors/field-problem';
import { assertMayTry, countFailure, forgetFailures } from '../sessions/sign-in-backoff';

/**
 * Makes sure that the person is really at the keyboard, not somebody who found an open browser. A person without a password (single sign-on
 * only) is not asked for one. Guessing is slowed down like signing in.
 *
 * @param path of the field that holds the password
 * @throws AppError `invalid` at that field, or `too-many-requests`
 */
export async function assertPassword(
  db: ReadDb,
  userId: string,
  password: string | undefined,
  path: string,
): Promise<void> {
  const account = await db.account.findFirst({ where: { userId, providerId: 'credential' } });
  if (!account?.password) return;
  if (!password) throw fieldProblem('password.missing', [path], 'enter your password');
  const key = `password of ${userId}`;
  assertMayTry(key);
  countFailure(key);
  if (!(await verifyPassword({ hash: account.password, password })))
    throw fieldProblem('password.wrong', [path], 'this is not your password');
  forgetFailures(key);
}
