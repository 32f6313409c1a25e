import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { changePerson, findPerson } from './change-person';
import { describePerson } from './describe-person';

/** Lets a disabled person sign in again, with the memberships they had. */
export const enablePerson: Handler<typeof contract.people.enable> = async ({ actor, params, change }) =>
  describePerson(
    await change(async (tx) =>
      changePerson(tx, await findPerson(tx, params.id), actor, { disabledAt: null }),
    ),
  );
