import 'server-only';
import { writeAudit } from '../audit';
import { write } from '../db';
import { AppError } from '../errors/app-error';
import { insertToken } from './insert-token';

interface Wanted {
  readonly email: string;
  /** Slug, id or name. */
  readonly team: string;
  readonly name: string;
  readonly expiresAt: Date | null;
}

/** Makes a member's token for somebody who holds the data directory. Returns the token, which is shown nowhere else. */
export function createTokenLocally({ email, team, name, expiresAt }: Wanted): Promise<string> {
  return write(async (tx) => {
    const members = await tx.member.findMany({
      where: {
        user: { email, disabledAt: null },
        team: { OR: [{ slug: team }, { id: team }, { name: team }] },
      },
      include: { team: true, user: true },
    });
    const [member] = members;
    if (!member) throw new AppError('not-found', `${email} is no member of a team ${team}.`);
    if (members.length > 1)
      throw new AppError('conflict', `Several teams are called ${team}; give the slug.`);
    const { teamId, userId } = member;
    const { row, token } = await insertToken(tx, { teamId, userId, name, expiresAt });
    await writeAudit(tx, {
      event: 'token.created',
      subject: `token ${row.name}`,
      subjectId: row.id,
      teamIds: [teamId],
      actorId: userId,
      actorLabel: `${member.user.email} (command line)`,
      address: 'command line',
      requestId: 'command line',
    });
    return token;
  });
}
