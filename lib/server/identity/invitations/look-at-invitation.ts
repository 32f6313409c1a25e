import 'server-only';
import type { contract } from '#api/contract/index';
import { Role } from '#core/access/roles';
import type { Handler } from '../../door/route';
import { isOpen, noInvitation } from './open-invitation';

/** What the bearer of a link is offered. The id alone takes nothing. */
export const lookAtInvitation: Handler<typeof contract.invitations.look> = async ({ db, params }) => {
  const row = await db.invitation.findFirst({
    where: { id: params.id, ...isOpen(new Date()) },
    include: { team: { select: { name: true } } },
  });
  if (!row) throw noInvitation();
  return {
    team: row.team.name,
    role: Role.parse(row.role),
    email: row.email,
    expiresAt: row.expiresAt.toISOString(),
    known: (await db.user.count({ where: { email: row.email } })) > 0,
  };
};
