import 'server-only';
import { PlanStatus } from '#api/contract/plans';
import type { ReviewState } from '#api/contract/reviews';
import { can } from '#core/access/permissions';
import { type ApplyQuestion, decideApply, verdicts } from '#core/review/decide-apply';
import type { ReadDb, WriteDb } from '../db';
import { notFound } from '../errors/app-error';
import { planStaleness } from '../plans/plan-staleness';
import { applyQuestion } from './apply-question';

const person = { select: { id: true, name: true, email: true } } as const;

/** The review of a plan as one person sees it: what is missing is what is missing before *they* could apply it. */
export async function reviewState(
  db: ReadDb | WriteDb,
  planId: string,
  reader: ApplyQuestion['applier'],
): Promise<ReviewState> {
  const plan = await db.plan.findUnique({
    where: { id: planId },
    include: {
      requests: { include: { user: person }, orderBy: { createdAt: 'asc' } },
      reviews: { include: { user: person }, orderBy: { createdAt: 'asc' } },
    },
  });
  if (!plan) throw notFound('plan');
  const question = await applyQuestion(db, plan, reader);
  const decision = decideApply(question);
  const stale = await planStaleness(db, plan);
  const { authorIds, current } = question.plan;
  return {
    status: stale.length > 0 ? 'stale' : PlanStatus.parse(plan.status),
    authorIds: [...authorIds],
    requested: plan.requests.map(({ user, createdAt }) => ({ person: user, at: createdAt.toISOString() })),
    reviews: plan.reviews.map(({ user, verdict, comment, createdAt }) => ({
      person: user,
      verdict: verdicts.find((each) => each === verdict) ?? 'changes-requested',
      comment,
      at: createdAt.toISOString(),
      notCounted: decision.counted[user.id] ?? null,
    })),
    approvalsNeeded: decision.approvalsNeeded,
    approvals: decision.approvedBy.length,
    groups: question.groups.map(({ id, name }) => ({ id, name })),
    freezes: [...decision.activeFreezes],
    mayApprove: current && can(reader.role, 'plans.review') && !authorIds.includes(reader.id),
    mayOverride: decision.mayOverride,
    missing: [...decision.missing],
    notes: [...decision.notes],
  };
}
