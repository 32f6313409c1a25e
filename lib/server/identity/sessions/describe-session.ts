import 'server-only';
import type { z } from 'zod';
import type { Session } from '#api/contract/session';
import { Role } from '#core/access/roles';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { ReadDb, WriteDb } from '../../platform/database/db';

/** The person and their teams. A token's holder sees only the token's team. */
export async function describeSession(
  db: Pick<ReadDb | WriteDb, 'user'>,
  userId: string,
  onlyTeamId: string | null = null,
): Promise<z.input<typeof Session>> {
  const user = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      id: true,
      name: true,
      email: true,
      administrator: true,
      secondFactor: { select: { confirmedAt: true } },
      members: {
        where: onlyTeamId ? { teamId: onlyTeamId } : {},
        select: {
          role: true,
          team: { select: { id: true, slug: true, name: true, secondFactorNeeded: true } },
        },
        orderBy: { createdAt: 'asc' },
      },
    },
  });
  const { members, secondFactor, ...person } = user;
  return {
    user: { ...person, secondFactor: Boolean(secondFactor?.confirmedAt) },
    teams: members.map(({ role, team }) => ({ ...team, role: Role.parse(role) })),
    version: packageJson.version,
  };
}
