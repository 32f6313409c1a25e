import 'server-only';
import { hashPassword } from 'better-auth/crypto';
import type { contract } from '#api/contract/index';
import { hashToken } from '../../door/api-token';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { auditOfPerson, findPerson } from './change-person';
import { setPassword } from './set-password';
import { tellOfReset } from './tell-of-reset';

const refused = () =>
  new AppError('not-found', 'This link is not valid.', {
    hint: 'It works once, for a day. Ask an administrator for a new one.',
  });

/**
 * Sets a new password with a one-time link, and ends every session and, unless they are kept on purpose, every API token: a person who knew the old
 * password is out. The admins of the person's teams are told, since the person who made the link may be the one who used it.
 */
export const resetPassword: Handler<typeof contract.people.resetPassword> = async ({
  db,
  params,
  body,
  change,
}) => {
  const where = () => ({
    id: params.id,
    tokenHash: hashToken(body.secret),
    usedAt: null,
    expiresAt: { gt: new Date() },
    user: { disabledAt: null },
  });
  // Looked at once before, so that strangers cannot make the server hash passwords.
  if (!(await db.passwordReset.findFirst({ where: where() }))) throw refused();
  const passwordHash = await hashPassword(body.password);
  await change(async (tx) => {
    const row = await tx.passwordReset.findFirst({ where: where() });
    if (!row) throw refused();
    await tx.passwordReset.update({ where: { id: row.id }, data: { usedAt: new Date() } });
    await setPassword(tx, row.userId, passwordHash);
    await tx.session.deleteMany({ where: { userId: row.userId } });
    const { count } = body.keepTokens
      ? { count: 0 }
      : await tx.apiToken.updateMany({
          where: { userId: row.userId, revokedAt: null },
          data: { revokedAt: new Date() },
        });
    const person = await findPerson(tx, row.userId);
    const detail = { madeBy: row.madeBy, tokensEnded: count, tokensKept: body.keepTokens };
    await tellOfReset(tx, person, row.madeBy);
    return { value: undefined, audit: { ...auditOfPerson(person, person), detail } };
  });
  return undefined;
};
