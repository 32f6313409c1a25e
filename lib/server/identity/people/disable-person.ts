import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { revokeInvitationsOf } from '../members/revoke-invitations-of';
import { assertAnotherAdministrator } from './assert-another-administrator';
import { changePerson, findPerson } from './change-person';
import { describePerson } from './describe-person';

/** Shuts a person out: sessions, links to set a password and invitations they made end; tokens are refused while it lasts. */
export const disablePerson: Handler<typeof contract.people.disable> = async ({ actor, params, change }) => {
  if (params.id === actor.id) {
    throw new AppError('conflict', 'You cannot disable yourself.', {
      hint: 'Another administrator can do it.',
    });
  }
  const person = await change(async (tx) => {
    const before = await findPerson(tx, params.id);
    if (before.administrator) await assertAnotherAdministrator(tx, before.id);
    await tx.session.deleteMany({ where: { userId: before.id } });
    await tx.passwordReset.deleteMany({ where: { userId: before.id } });
    await revokeInvitationsOf(tx, before.id);
    return changePerson(tx, before, actor, { disabledAt: before.disabledAt ?? new Date() });
  });
  return describePerson(person);
};
