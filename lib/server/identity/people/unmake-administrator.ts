import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { assertAnotherAdministrator } from './assert-another-administrator';
import { changePerson, findPerson } from './change-person';
import { describePerson } from './describe-person';

/** Takes the care of the installation from a person; the door asks for it at every request. */
export const unmakeAdministrator: Handler<typeof contract.people.unmakeAdministrator> = async (context) => {
  const { actor, params, change } = context;
  const person = await change(async (tx) => {
    const before = await findPerson(tx, params.id);
    await assertAnotherAdministrator(tx, before.id);
    return changePerson(tx, before, actor, { administrator: false });
  });
  return describePerson(person);
};
