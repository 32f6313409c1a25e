import 'server-only';
import { randomBytes } from 'node:crypto';
import type { contract } from '#api/contract/index';
import { hashToken } from '../../door/api-token';
import type { Handler } from '../../door/route';
import { fieldProblem } from '../../platform/errors/field-problem';
import { describeInvitations } from './describe-invitations';
import { invitationDays } from './open-invitation';

const dayMs = 86_400_000;

/**
 * Makes a one-time link for one e-mail address; an earlier open one for it stops working. The secret is in this answer only. The id is
 * random too: it shows what is offered, and so must not be guessed either.
 */
export const createInvitation: Handler<typeof contract.invitations.create> = async ({
  actor,
  team,
  body,
  change,
}) => {
  const email = body.email.toLowerCase();
  const secret = randomBytes(32).toString('base64url');
  const now = new Date();
  return change(async (tx) => {
    if (await tx.member.findFirst({ where: { user: { email } } })) {
      throw fieldProblem('invitation.member', ['email'], 'is a member of this team already');
    }
    const replaced = await tx.invitation.updateMany({
      where: { email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const row = await tx.invitation.create({
      data: {
        id: randomBytes(18).toString('base64url'),
        teamId: team.id,
        email,
        role: body.role,
        tokenHash: hashToken(secret),
        invitedById: actor.id,
        expiresAt: new Date(now.getTime() + invitationDays * dayMs),
      },
    });
    const [shown] = await describeInvitations(tx, [row]);
    if (!shown) throw new Error('one row describes one invitation');
    return {
      value: { ...shown, secret },
      audit: {
        subject: `invitation of ${email}`,
        subjectId: row.id,
        detail: { role: body.role, replaced: replaced.count },
      },
    };
  });
};
