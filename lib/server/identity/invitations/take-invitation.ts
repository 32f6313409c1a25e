import 'server-only';
import { hashToken } from '../../door/api-token';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { isOpen, noInvitation } from './open-invitation';

/**
 * Uses an invitation up and makes the person a member, in the caller's transaction: of two who hold the same link one wins.
 *
 * @throws AppError `not-found` for every link that cannot be taken, `conflict` for a member
 */
export async function takeInvitation(
  tx: WriteDb,
  link: { id: string; secret: string },
  user: { id: string; email: string },
) {
  const now = new Date();
  const where = { id: link.id, tokenHash: hashToken(link.secret), ...isOpen(now) };
  const row = await tx.invitation.findFirst({ where, include: { team: true } });
  if (!row) throw noInvitation();
  const key = { teamId_userId: { teamId: row.teamId, userId: user.id } };
  if (await tx.member.findUnique({ where: key })) {
    throw new AppError('conflict', `You are a member of ${row.team.name} already.`, {
      hint: 'The link still works for somebody else. An admin of the team can change your role.',
    });
  }
  await tx.invitation.update({ where: { id: row.id }, data: { acceptedAt: now } });
  await tx.member.create({ data: { teamId: row.teamId, userId: user.id, role: row.role } });
  return {
    subject: `member ${user.email}`,
    subjectId: user.id,
    detail: { role: row.role, invitation: row.id, invited: row.email },
    actor: { id: user.id, label: user.email },
    teamIds: [row.teamId],
  };
}
