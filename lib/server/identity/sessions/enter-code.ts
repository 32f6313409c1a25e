import 'server-only';
import type { contract } from '#api/contract/index';
import { readTicket } from '../../door/auth/ticket';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { guardedCode, wrongCode } from '../factors/guarded-code';
import { takeCode } from '../factors/take-code';
import { IdentityLink, linkIdentity } from '../sso/link-identity';
import { enter } from './enter';

/** The second step of signing in: a code of the authenticator, or a recovery code. */
export const enterCode: Handler<typeof contract.session.enterCode> = (context) => {
  const { body, change, log, address } = context;
  const ticket = readTicket('second-factor', body.ticket);
  const { userId = '', by = '', link } = ticket.payload;
  return guardedCode(userId, () =>
    change(async (tx) => {
      const user = await tx.user.findUnique({ where: { id: userId, disabledAt: null } });
      if (!user) throw new AppError('unauthenticated', 'Sign in again.');
      const kind = await takeCode(tx, userId, body.code);
      if (!kind) {
        log.warn({ userId, address }, 'second factor refused');
        throw wrongCode();
      }
      ticket.use();
      if (link !== undefined) await linkIdentity(tx, userId, IdentityLink.parse(JSON.parse(link)), context);
      return enter(tx, context, userId, { by: `${by} and ${kind}` });
    }),
  );
};
