import 'server-only';
import type { contract } from '#api/contract/index';
import { can } from '#core/access/permissions';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { assertAnotherAdmin } from './assert-another-admin';
import { describeMember, memberInclude } from './describe-member';
import { revokeInvitationsOf } from './revoke-invitations-of';

/** Gives a member another role. The door asks for it at every request, so it counts at once, for sessions and tokens alike. */
export const updateMember: Handler<typeof contract.members.update> = ({ params, body, change }) =>
  change(async (tx) => {
    const before = await tx.member.findFirst({ where: { userId: params.id } });
    if (!before) throw notFound('member');
    if (before.role === 'admin' && body.role !== 'admin') await assertAnotherAdmin(tx, params.id);
    if (!can(body.role, 'members.manage')) await revokeInvitationsOf(tx, params.id);
    const member = await tx.member.update({
      where: { id: before.id },
      data: { role: body.role },
      include: memberInclude,
    });
    return {
      value: describeMember(member),
      audit: {
        subject: `member ${member.user.email}`,
        subjectId: params.id,
        detail: { from: before.role, to: body.role },
      },
    };
  });
