import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { commentInclude, describeComment } from './describe-comment';

/** Everything that was said about a plan, oldest first. */
export const listComments: Handler<typeof contract.comments.list> = async ({ db, params }) => {
  const plan = await db.plan.findUnique({ where: { id: params.id }, select: { id: true } });
  if (!plan) throw notFound('plan');
  const rows = await db.planComment.findMany({
    where: { planId: plan.id },
    include: commentInclude,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return { items: rows.map(describeComment) };
};
