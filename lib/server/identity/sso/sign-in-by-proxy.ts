import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { enter } from '../sessions/enter';
import { proofsOf } from '../sessions/proofs-of';

/**
 * Starts a session for whom the proxy in front names by e-mail address. The name arrives here only from a trusted address, the server's outermost
 * layer sees to that. Nobody is made this way: they must have been invited.
 */
export const signInByProxy: Handler<typeof contract.sso.byProxy> = (context) => {
  const { change, proxyPerson } = context;
  if (proxyPerson === null) {
    throw new AppError('unauthenticated', 'The proxy in front names no person.', {
      hint: 'Sign in with your password, or sign in at the proxy first.',
    });
  }
  return change(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: proxyPerson, disabledAt: null } });
    if (!user) {
      throw new AppError('forbidden', `The proxy names ${proxyPerson}, who has no account here.`, {
        hint: 'Ask an admin of your team for an invitation to this address.',
      });
    }
    // The proxy names the person at the browser. That is proof only of people who could prove nothing else.
    const provable = Object.values(await proofsOf(tx, user.id)).some(Boolean);
    return enter(tx, context, user.id, { by: 'proxy' }, provable ? null : new Date());
  });
};
