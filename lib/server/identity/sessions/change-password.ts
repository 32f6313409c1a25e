import 'server-only';
import { hashPassword } from 'better-auth/crypto';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertPassword } from '../people/assert-password';
import { auditOfPerson, findPerson } from '../people/change-person';
import { setPassword } from '../people/set-password';

/** Changes the person's own password and ends their other sessions. */
export const changePassword: Handler<typeof contract.session.changePassword> = async (context) => {
  const { actor, db, body, change } = context;
  const { via } = actor;
  if (via.kind !== 'session') throw new Error('the gate lets sessions in only');
  await assertPassword(db, actor.id, body.current, 'current');
  const passwordHash = await hashPassword(body.password);
  await change(async (tx) => {
    await setPassword(tx, actor.id, passwordHash);
    await tx.session.deleteMany({ where: { userId: actor.id, id: { not: via.sessionId } } });
    const person = await findPerson(tx, actor.id);
    return {
      value: undefined,
      audit: { ...auditOfPerson(person, actor), subject: `session of ${actor.email}` },
    };
  });
  return undefined;
};
