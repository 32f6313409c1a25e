import 'server-only';
import { hashPassword } from 'better-auth/crypto';
import type { contract } from '#api/contract/index';
import { hashToken } from '../../door/api-token';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { insertPerson } from '../people/insert-person';
import { describeSession } from '../sessions/describe-session';
import { startSession } from '../sessions/start-session';
import { isOpen, noInvitation } from './open-invitation';
import { takeInvitation } from './take-invitation';

/** Makes a new person with the address that was invited, a member of the team, and signs them in. */
export const joinByInvitation: Handler<typeof contract.invitations.join> = async (context) => {
  const { db, params, body } = context;
  const link = { id: params.id, secret: body.secret };
  // Looked at once before, so that strangers cannot make the server hash passwords.
  const row = await db.invitation.findFirst({
    where: { id: link.id, tokenHash: hashToken(link.secret), ...isOpen(new Date()) },
  });
  if (!row) throw noInvitation();
  const passwordHash = await hashPassword(body.password);
  return context.change(async (tx) => {
    if (await tx.user.findUnique({ where: { email: row.email } })) {
      throw new AppError('conflict', `${row.email} can sign in already.`, {
        hint: 'Sign in, then open the link again.',
      });
    }
    const user = await insertPerson(tx, { name: body.name, email: row.email, passwordHash });
    const audit = await takeInvitation(tx, link, user);
    await startSession(context, user.id);
    return { value: await describeSession(tx, user.id), audit };
  });
};
