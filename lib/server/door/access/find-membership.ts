import 'server-only';
import { Role } from '#core/access/roles';
import { Prisma } from '../../../generated/prisma/client';
import { readDoorRows } from '../../platform/database/read-door-rows';
import { notFound } from '../../platform/errors/app-error';
import type { TeamRef } from '../context';

interface Row extends TeamRef {
  readonly secondFactorNeeded: boolean;
  readonly role: string;
  readonly confirmedAt: Date | null;
}

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
  // One statement, since every request asks it.
  const members = await readDoorRows<Row>(Prisma.sql`
    SELECT t."id", t."slug", t."name", t."secondFactorNeeded", m."role", f."confirmedAt"
    FROM "Team" t JOIN "Member" m ON m."teamId" = t."id" LEFT JOIN "SecondFactor" f ON f."userId" = m."userId"
    WHERE m."userId" = ${userId} AND (t."id" = ${idOrSlug} OR t."slug" = ${idOrSlug})`);
  const found = members.filter(({ id }) => onlyTeamId === null || id === onlyTeamId);
  // One team's slug may look like another's id.
  const member = found.find(({ id }) => id === idOrSlug) ?? found[0];
  if (!member) throw notFound('team');
  const { id, slug, name, secondFactorNeeded, confirmedAt } = member;
  return {
    team: { id, slug, name },
    role: Role.parse(member.role),
    secondFactorMissing: secondFactorNeeded && confirmedAt === null,
  };
}
