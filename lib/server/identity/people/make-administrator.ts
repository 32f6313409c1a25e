import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { changePerson, findPerson } from './change-person';
import { describePerson } from './describe-person';

/** Gives a person the care of the installation. */
export const makeAdministrator: Handler<typeof contract.people.makeAdministrator> = async (context) => {
  const { actor, params, change } = context;
  const person = await change(async (tx) =>
    changePerson(tx, await findPerson(tx, params.id), actor, { administrator: true }),
  );
  return describePerson(person);
};
