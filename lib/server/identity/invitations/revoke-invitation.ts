import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { isOpen } from './open-invitation';

/** Revokes an open invitation's link. */
export const revokeInvitation: Handler<typeof contract.invitations.revoke> = ({ params, change }) =>
  change(async (tx) => {
    const now = new Date();
    const row = await tx.invitation.findFirst({ where: { id: params.id, ...isOpen(now) } });
    if (!row) throw notFound('open invitation');
    await tx.invitation.update({ where: { id: row.id }, data: { revokedAt: now } });
    return { value: undefined, audit: { subject: `invitation of ${row.email}`, subjectId: row.id } };
  });
