import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';

/** A comment that the person wrote themselves. @throws AppError `not-found`, or `forbidden` for somebody else's */
export async function ownComment(tx: WriteDb, id: string, userId: string) {
  const row = await tx.planComment.findUnique({
    where: { id },
    include: { plan: { select: { hash: true } } },
  });
  if (!row) throw notFound('comment');
  if (row.authorId !== userId) throw new AppError('forbidden', 'Only its author may change a comment.');
  const detail = { comment: row.id };
  return { row, audit: { subject: `plan ${row.plan.hash.slice(0, 8)}`, subjectId: row.planId, detail } };
}
