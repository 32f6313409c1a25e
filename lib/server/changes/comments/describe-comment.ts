import 'server-only';
import type { PlanComment } from '#api/contract/comments';
import type { Prisma } from '../../../generated/prisma/client';

export const commentInclude = {
  author: { select: { id: true, name: true, email: true } },
} as const satisfies Prisma.PlanCommentInclude;
type Row = Prisma.PlanCommentGetPayload<{ include: typeof commentInclude }>;

/** A comment as people see it. Its text is shown as it was typed, never as markup. */
export const describeComment = (row: Row): PlanComment => ({
  id: row.id,
  author: row.author,
  targetId: row.targetId,
  path: row.path,
  line: row.line,
  body: row.body,
  createdAt: row.createdAt.toISOString(),
  editedAt: row.editedAt?.toISOString() ?? null,
});
