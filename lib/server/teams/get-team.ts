import 'server-only';
import type { contract } from '#api/contract/index';
import { Role } from '#core/access/roles';
import type { Handler } from '../route';

/** The team, its members, and how far a fresh install has come. */
export const getTeam: Handler<typeof contract.team.get> = async ({ db, team }) => {
  const [members, hosts, sites, applies] = await Promise.all([
    db.member.findMany({
      include: { user: { select: { id: true, name: true, email: true } } },
      orderBy: { createdAt: 'asc' },
    }),
    db.host.count({ where: { archivedAt: null } }),
    db.site.count({ where: { archivedAt: null } }),
    db.apply.count({ where: { status: 'succeeded' } }),
  ]);
  return {
    ...team,
    members: members.map(({ user, role, createdAt }) => ({
      person: user,
      role: Role.parse(role),
      since: createdAt.toISOString(),
    })),
    progress: { hosts, sites, applies },
  };
};
