import 'server-only';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { singleton } from '../../platform/singleton';
import { enterOrAsk } from './enter';
import { assertMayTry, backoffKey, countFailure, forgetFailures } from './sign-in-backoff';

// Compared with when there is no such person, so that the answer takes as long as for a wrong password.
const nobodysHash = () => singleton('nobodys-hash', () => hashPassword(crypto.randomUUID()));

/** Starts a session by e-mail address and password, or asks for the second factor. Unknown person, wrong password and disabled person look the same. */
export const signIn: Handler<typeof contract.session.signIn> = async (context) => {
  const { db, body, address, log } = context;
  const email = body.email.toLowerCase();
  const user = await db.user.findUnique({
    where: { email },
    include: {
      accounts: { where: { providerId: 'credential' } },
      sessions: { where: { ipAddress: address }, take: 1 },
    },
  });
  const key = backoffKey(email, address, (user?.sessions.length ?? 0) > 0);
  assertMayTry(key);
  // Counted before the slow part, so that many tries at once do not pass together.
  countFailure(key);
  const hash = user?.accounts[0]?.password;
  const matches = await verifyPassword({ hash: hash ?? (await nobodysHash()), password: body.password });
  if (!user || !hash || !matches || user.disabledAt !== null) {
    log.warn({ userId: user?.id ?? null, address }, 'sign-in refused');
    throw new AppError('unauthenticated', 'This e-mail address and password do not match.');
  }
  forgetFailures(key);
  return context.change((tx) => enterOrAsk(tx, context, user.id, { by: 'password' }));
};
