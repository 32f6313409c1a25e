import 'server-only';
import type { Actor } from '../../door/context';
import type { WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';

/** Ends one of the person's own sessions; it stops working with the commit. */
export async function endSession(tx: WriteDb, actor: Actor, id: string) {
  const { count } = await tx.session.deleteMany({ where: { id, userId: actor.id } });
  if (count === 0) throw notFound('session');
  const members = await tx.member.findMany({ where: { userId: actor.id }, select: { teamId: true } });
  return {
    value: undefined,
    audit: {
      subject: `session of ${actor.email}`,
      subjectId: id,
      actor: { id: actor.id, label: actor.email },
      teamIds: members.map(({ teamId }) => teamId),
    },
  };
}
