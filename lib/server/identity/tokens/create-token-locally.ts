import 'server-only';
import { Role } from '#core/access/roles';
import type { Scopes } from '#core/access/scopes';
import { writeAudit } from '../../door/audit';
import { write } from '../../platform/database/write';
import { AppError } from '../../platform/errors/app-error';
import { assertOwnScopes } from './assert-own-scopes';
import { insertToken } from './insert-token';
import { tokenEnd } from './token-end';

interface Wanted {
  readonly email: string;
  /** Slug, id or name. */
  readonly team: string;
  readonly name: string;
  /** By the role that the owner turns out to have. */
  readonly scopes: (role: Role) => Scopes;
  /** ISO 8601; `null` for never, `undefined` for the usual time. */
  readonly expiresAt: string | null | undefined;
}

/** Makes a member's token for somebody who holds the data directory. Returns the token, which is shown nowhere else. */
export function createTokenLocally({ email, team, name, ...wanted }: Wanted): Promise<string> {
  const expiresAt = tokenEnd(wanted.expiresAt, new Date());
  return write(async (tx) => {
    const members = await tx.member.findMany({
      where: {
        user: { email, disabledAt: null },
        team: { OR: [{ slug: team }, { id: team }, { name: team }] },
      },
      include: { team: true, user: true },
    });
    const [member] = members;
    if (!member) throw new AppError('not-found', `${email} is not a member of a team ${team}.`);
    if (members.length > 1)
      throw new AppError('conflict', `Several teams are called ${team}; give the slug.`);
    const { teamId, userId } = member;
    const role = Role.parse(member.role);
    const scopes = wanted.scopes(role);
    assertOwnScopes(role, scopes);
    const { row, token } = await insertToken(tx, { teamId, userId, name, scopes, expiresAt });
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
