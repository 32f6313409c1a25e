import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { auditOfPerson, findPerson } from '../people/change-person';

/** For people who lost phone, codes and keys: they sign in with the password alone until they set up a second factor again. */
export const clearFactors: Handler<typeof contract.factors.clear> = async ({ actor, params, change }) => {
  await change(async (tx) => {
    const person = await findPerson(tx, params.id);
    const userId = person.id;
    await tx.secondFactor.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await tx.passkey.deleteMany({ where: { userId } });
    // A person who took the phone may be signed in with it.
    await tx.session.deleteMany({ where: { userId } });
    return { value: undefined, audit: auditOfPerson(person, actor) };
  });
  return undefined;
};
