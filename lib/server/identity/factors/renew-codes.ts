import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertPassword } from '../people/assert-password';
import { auditOfFactor } from './audit-of-factor';
import { guardedCode, wrongCode } from './guarded-code';
import { renewRecoveryCodes } from './recovery-codes';
import { takeCode } from './take-code';

/** Ten new recovery codes instead of the ones before. */
export const renewCodes: Handler<typeof contract.factors.renewCodes> = async ({
  actor,
  db,
  body,
  change,
}) => {
  await assertPassword(db, actor.id, body.password, 'password');
  return guardedCode(actor.id, () =>
    change(async (tx) => {
      if (!(await takeCode(tx, actor.id, body.code))) throw wrongCode();
      const recoveryCodes = await renewRecoveryCodes(tx, actor.id);
      return { value: { recoveryCodes }, audit: await auditOfFactor(tx, actor, 'recovery codes') };
    }),
  );
};
