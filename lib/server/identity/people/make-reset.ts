import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { auditOfPerson, findPerson } from './change-person';
import { insertReset } from './insert-reset';

/** Makes a link with which a person who forgot their password sets a new one. What they have now keeps working until then. */
export const makeReset: Handler<typeof contract.people.makeReset> = async ({ actor, params, change }) => {
  const link = await change(async (tx) => {
    const person = await findPerson(tx, params.id);
    return { value: await insertReset(tx, person, actor.name), audit: auditOfPerson(person, actor) };
  });
  return { ...link, expiresAt: link.expiresAt.toISOString() };
};
