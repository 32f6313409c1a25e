import 'server-only';
import type { Actor, PersonalAudit } from '../../door/context';
import type { WriteDb } from '../../platform/database/db';

/** The record of a change of the person's own second factor, in all of their teams. */
export async function auditOfFactor(
  tx: WriteDb,
  actor: Pick<Actor, 'id' | 'email'>,
  what: string,
): Promise<PersonalAudit> {
  const members = await tx.member.findMany({ where: { userId: actor.id }, select: { teamId: true } });
  return {
    subject: `${what} of ${actor.email}`,
    subjectId: actor.id,
    actor: { id: actor.id, label: actor.email },
    teamIds: members.map(({ teamId }) => teamId),
  };
}
