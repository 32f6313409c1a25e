import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { assertPassword } from '../people/assert-password';
import { auditOfFactor } from './audit-of-factor';
import { newAuthenticator } from './authenticator';

/** Makes the secret of an authenticator app. It is asked for at sign-in only after `confirmFactor`. */
export const beginFactor: Handler<typeof contract.factors.begin> = async ({ actor, db, body, change }) => {
  await assertPassword(db, actor.id, body.password ?? undefined, 'password');
  return change(async (tx) => {
    const before = await tx.secondFactor.findUnique({ where: { userId: actor.id } });
    if (before?.confirmedAt) {
      throw new AppError('conflict', 'You have set up an authenticator app already.', {
        hint: 'Remove it first to use another one.',
      });
    }
    const { secret, uri, stored } = newAuthenticator(actor.id, actor.email);
    await tx.secondFactor.deleteMany({ where: { userId: actor.id } });
    await tx.secondFactor.create({ data: { userId: actor.id, ...stored } });
    return { value: { secret, uri }, audit: await auditOfFactor(tx, actor, 'second factor') };
  });
};
