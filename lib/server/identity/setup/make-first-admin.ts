import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { insertPerson } from '../people/insert-person';
import { teamSlug } from '../teams/team-slug';

export interface FirstAdmin {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly team: string;
  readonly teamSlug?: string | undefined;
}

/**
 * Makes the first person, their password and their team, in the caller's transaction, and ends the setup.
 *
 * @throws AppError `conflict` when somebody was faster
 */
export async function makeFirstAdmin(
  tx: WriteDb,
  { name, email, passwordHash, team: teamName, ...rest }: FirstAdmin,
) {
  if ((await tx.user.count()) > 0) {
    throw new AppError('conflict', 'This dashboard has been set up already.', { hint: 'Sign in instead.' });
  }
  await tx.setupToken.deleteMany();
  const user = await insertPerson(tx, { name, email, passwordHash, administrator: true });
  const team = await tx.team.create({ data: { name: teamName, slug: rest.teamSlug ?? teamSlug(teamName) } });
  await tx.member.create({ data: { teamId: team.id, userId: user.id, role: 'admin' } });
  return { user, team };
}
