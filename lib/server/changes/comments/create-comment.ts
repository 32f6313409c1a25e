import 'server-only';
import type { contract } from '#api/contract/index';
import { TargetPlan } from '#core/plan/target-plan';
import type { Handler } from '../../door/route';
import type { WriteDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';
import { fieldProblem } from '../../platform/errors/field-problem';
import { commentInclude, describeComment } from './describe-comment';

/** So that nobody fills the database through a plan. */
const maxPerPlan = 1000;

/** Says something about a plan, or about a file or line that really is part of it. */
export const createComment: Handler<typeof contract.comments.create> = ({
  params,
  body,
  actor,
  team,
  change,
}) =>
  change(async (tx) => {
    const plan = await tx.plan.findUnique({ where: { id: params.id }, select: { id: true, hash: true } });
    if (!plan) throw notFound('plan');
    if ((await tx.planComment.count({ where: { planId: plan.id } })) >= maxPerPlan)
      throw new AppError('conflict', `A plan takes ${maxPerPlan} comments.`, { hint: 'Make a new plan.' });
    if (body.path !== undefined && body.targetId !== undefined)
      await assertPart(tx, plan.id, body.targetId, body.path, body.line);
    const row = await tx.planComment.create({
      data: {
        teamId: team.id,
        planId: plan.id,
        authorId: actor.id,
        body: body.body,
        targetId: body.targetId ?? null,
        path: body.path ?? null,
        line: body.line ?? null,
      },
      include: commentInclude,
    });
    return {
      value: describeComment(row),
      audit: {
        subject: `plan ${plan.hash.slice(0, 8)}`,
        subjectId: plan.id,
        detail: {
          comment: row.id,
          ...(row.path === null ? {} : { path: row.path }),
          ...(row.line === null ? {} : { line: row.line }),
        },
      },
    };
  });

async function assertPart(
  tx: WriteDb,
  planId: string,
  targetId: string,
  path: string,
  line: number | undefined,
): Promise<void> {
  const row = await tx.planTarget.findFirst({ where: { planId, targetId } });
  const found = row && TargetPlan.parse(row.document).changes.find((change) => change.path === path);
  if (!found) throw fieldProblem('comment.no-file', ['path'], 'is not a file of this plan');
  if (line === undefined) return;
  const lines = found.after.kind === 'file' ? found.after.content.split('\n').length : 0;
  if (line > lines) throw fieldProblem('comment.no-line', ['line'], 'is not a line of the planned file');
}
