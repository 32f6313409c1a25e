import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeInvitations } from './describe-invitations';
import { isOpen } from './open-invitation';

/** The team's invitations that can still be taken, newest first. */
export const listInvitations: Handler<typeof contract.invitations.list> = async ({ db }) => {
  const rows = await db.invitation.findMany({
    where: isOpen(new Date()),
    orderBy: { createdAt: 'desc' },
    take: 500,
  });
  return { items: await describeInvitations(db, rows) };
};
