import 'server-only';
import type { contract } from '#api/contract/index';
import { proofMinutes } from '#core/access/proof';
import type { Handler } from '../../door/route';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { fieldProblem } from '../../platform/errors/field-problem';
import { guardedCode, wrongCode } from '../factors/guarded-code';
import { takeCode } from '../factors/take-code';
import { verifyPasskey } from '../passkeys/verify-passkey';
import { assertPassword } from '../people/assert-password';
import { auditOfPerson, findPerson } from '../people/change-person';
import { proofsOf } from './proofs-of';

/** Takes a password, passkey or code as the proof that the person is really at the browser. It counts for this session alone. */
export const prove: Handler<typeof contract.proof.give> = async (context) => {
  const { actor, db, body, change } = context;
  const { via } = actor;
  if (via.kind !== 'session') throw new Error('the gate lets sessions in only');
  const at = new Date();
  const keep = (by: string, take?: (tx: WriteDb) => Promise<void>) =>
    change(async (tx) => {
      await take?.(tx);
      await tx.session.update({ where: { id: via.sessionId }, data: { provenAt: at } });
      const person = await findPerson(tx, actor.id);
      return {
        value: { until: new Date(at.getTime() + proofMinutes * 60_000).toISOString() },
        audit: {
          ...auditOfPerson(person, actor),
          subject: `session of ${actor.email}`,
          subjectId: via.sessionId,
          detail: { by },
        },
      };
    });
  if ('password' in body) {
    if (!(await proofsOf(db, actor.id)).password)
      throw fieldProblem('password.none', ['password'], 'you have no password here');
    await assertPassword(db, actor.id, body.password, 'password');
    return keep('password');
  }
  if ('code' in body)
    return guardedCode(actor.id, () =>
      keep('code', async (tx) => {
        if (!(await takeCode(tx, actor.id, body.code))) throw wrongCode();
      }),
    );
  const { row, use } = await verifyPasskey(context, body.passkey);
  if (row.userId !== actor.id)
    throw new AppError('forbidden', 'This passkey is somebody else’s.', { hint: 'Use one of your own.' });
  return keep(`passkey ${row.name}`, use);
};
