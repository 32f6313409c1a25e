import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeMember, memberInclude } from '../members/describe-member';

/** The team, its members, and how far a fresh install has come. */
export const getTeam: Handler<typeof contract.team.get> = async ({ db, team }) => {
  const [row, withoutSecondFactor, members, hosts, sites, applies] = await Promise.all([
    db.team.findUniqueOrThrow({ where: { id: team.id } }),
    db.member.count({
      where: { user: { OR: [{ secondFactor: null }, { secondFactor: { confirmedAt: null } }] } },
    }),
    db.member.findMany({
      include: memberInclude,
      orderBy: { createdAt: 'asc' },
    }),
    db.host.count({ where: { archivedAt: null } }),
    db.site.count({ where: { archivedAt: null } }),
    db.apply.count({ where: { status: 'succeeded' } }),
  ]);
  return {
    ...team,
    secondFactorNeeded: row.secondFactorNeeded,
    withoutSecondFactor,
    members: members.map(describeMember),
    progress: { hosts, sites, applies },
  };
};
