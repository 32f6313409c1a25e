import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';
import { assertAnotherAdmin } from './assert-another-admin';
import { memberInclude } from './describe-member';
import { revokeInvitationsOf } from './revoke-invitations-of';

/**
 * Takes a person out of the team: with the commit their next request is refused. Their tokens end for good, so that joining again revives
 * none. Revisions, plans, applies and activity stay and keep their name.
 *
 * @param tx of the team
 */
export async function endMembership(tx: WriteDb, userId: string) {
  const member = await tx.member.findFirst({ where: { userId }, include: memberInclude });
  if (!member) throw notFound('member');
  if (member.role === 'admin') await assertAnotherAdmin(tx, userId);
  await tx.member.delete({ where: { id: member.id } });
  await tx.apiToken.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date() } });
  await revokeInvitationsOf(tx, userId);
  await tx.hostGroupOperator.deleteMany({ where: { userId } });
  await tx.reviewRequest.deleteMany({ where: { userId } });
  await tx.notificationSetting.deleteMany({ where: { userId } });
  return {
    value: undefined,
    audit: { subject: `member ${member.user.email}`, subjectId: userId, detail: { role: member.role } },
  };
}
