import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertPassword } from '../people/assert-password';
import { auditOfFactor } from './audit-of-factor';
import { guardedCode, wrongCode } from './guarded-code';
import { takeCode } from './take-code';

/** Takes the authenticator app and the recovery codes away; asks for both factors once more. */
export const removeFactor: Handler<typeof contract.factors.remove> = async ({ actor, db, body, change }) => {
  await assertPassword(db, actor.id, body.password, 'password');
  await guardedCode(actor.id, () =>
    change(async (tx) => {
      if (!(await takeCode(tx, actor.id, body.code))) throw wrongCode();
      await tx.secondFactor.delete({ where: { userId: actor.id } });
      await tx.recoveryCode.deleteMany({ where: { userId: actor.id } });
      return { value: undefined, audit: await auditOfFactor(tx, actor, 'second factor') };
    }),
  );
  return undefined;
};
