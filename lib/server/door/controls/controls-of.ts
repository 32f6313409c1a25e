import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { describePolicies } from './describe-policies';
import type { Controls } from './lowered-controls';

/** What stops somebody in the team of a transaction, as the transaction sees it. */
export async function controlsOf(tx: WriteDb): Promise<Controls> {
  const { secondFactorNeeded } = await tx.team.findFirstOrThrow({ select: { secondFactorNeeded: true } });
  const admins = await tx.member.findMany({
    where: { role: 'admin' },
    select: { user: { select: { id: true, email: true } } },
    orderBy: { userId: 'asc' },
  });
  const invited = await tx.invitation.findMany({
    where: { role: 'admin', acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    select: { email: true },
  });
  const hosts = await tx.host.findMany({
    where: { archivedAt: null },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
  return {
    policies: await describePolicies(tx),
    team: { secondFactorNeeded },
    admins: admins.map(({ user }) => ({ id: user.id, name: user.email })),
    invited: invited.map(({ email }) => ({ id: email, name: email })),
    hosts,
  };
}
