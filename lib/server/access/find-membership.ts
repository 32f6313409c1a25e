import 'server-only';
import { Role } from '#core/access/roles';
import type { TeamRef } from '../context';
import { db } from '../db';
import { notFound } from '../errors/app-error';

/**
 * The team that a path names by id or slug, if the person is a member of it.
 *
 * @param onlyTeamId the one team that the caller's API token is for
 * @throws AppError `not-found`, whether the team does not exist or is none of theirs
 */
export async function findMembership(
  userId: string,
  idOrSlug: string,
  onlyTeamId: string | null,
): Promise<{ team: TeamRef; role: Role; secondFactorMissing: boolean }> {
  const members = await db().member.findMany({
    where: {
      userId,
      ...(onlyTeamId ? { teamId: onlyTeamId } : {}),
      team: { OR: [{ id: idOrSlug }, { slug: idOrSlug }] },
    },
    include: {
      team: { select: { id: true, slug: true, name: true, secondFactorNeeded: true } },
      user: { select: { secondFactor: { select: { confirmedAt: true } } } },
    },
  });
  // One team's slug may look like another's id.
  const member = members.find(({ team }) => team.id === idOrSlug) ?? members[0];
  if (!member) throw notFound('team');
  const { secondFactorNeeded, ...team } = member.team;
  const secondFactorMissing = secondFactorNeeded && !member.user.secondFactor?.confirmedAt;
  return { team, role: Role.parse(member.role), secondFactorMissing };
}
