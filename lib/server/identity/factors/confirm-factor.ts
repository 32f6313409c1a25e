import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { auditOfFactor } from './audit-of-factor';
import { guardedCode, wrongCode } from './guarded-code';
import { renewRecoveryCodes } from './recovery-codes';
import { takeCode } from './take-code';

/** From now on signing in asks for a code. The first one proves that the app has the secret. */
export const confirmFactor: Handler<typeof contract.factors.confirm> = ({ actor, body, change }) =>
  guardedCode(actor.id, () =>
    change(async (tx) => {
      if (!(await takeCode(tx, actor.id, body.code, 'begun'))) throw wrongCode();
      await tx.secondFactor.update({ where: { userId: actor.id }, data: { confirmedAt: new Date() } });
      const recoveryCodes = await renewRecoveryCodes(tx, actor.id);
      return { value: { recoveryCodes }, audit: await auditOfFactor(tx, actor, 'second factor') };
    }),
  );
