import 'server-only';
import type { ReviewState } from '#api/contract/reviews';
import { can } from '#core/access/permissions';
import { type ApplyQuestion, decideApply, verdicts } from '#core/review/decide-apply';
import { ApplyTerms } from '#core/review/undo-exemption';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';
import { planInclude, planSummary } from '../plans/plan-view';
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
      ...planInclude,
      requests: { include: { user: person }, orderBy: { createdAt: 'asc' } },
      reviews: { include: { user: person }, orderBy: { createdAt: 'asc' } },
    },
  });
  if (!plan) throw notFound('plan');
  const question = await applyQuestion(db, plan, reader);
  const decision = decideApply(question);
  const { status, state } = await planSummary(db, plan);
  const { authorIds, current } = question.plan;
  const then = await policyThen(db, plan, question);
  const counted = then?.counted ?? decision.counted;
  const approvals = then ? then.approvals : decision.approvals.length;
  return {
    status,
    state,
    authorIds: [...authorIds],
    requested: plan.requests.map(({ user, createdAt }) => ({ person: user, at: createdAt.toISOString() })),
    reviews: plan.reviews.map(({ user, verdict, comment, createdAt }) => ({
      person: user,
      verdict: verdicts.find((each) => each === verdict) ?? 'changes-requested',
      comment,
      at: createdAt.toISOString(),
      notCounted: counted[user.id] ?? null,
    })),
    approvalsNeeded: then?.approvalsNeeded ?? decision.approvalsNeeded,
    approvals,
    policy: then ? then.policy : 'now',
    approvalsNeededNow: decision.approvalsNeeded,
    groups: question.groups.map(({ id, name }) => ({ id, name })),
    freezes: [...decision.activeFreezes],
    mayApprove: current && can(reader.role, 'plans.review') && !authorIds.includes(reader.id),
    mayOverride: decision.mayOverride,
    // Nothing is in the way of what has been done.
    missing: then ? [] : [...decision.missing],
    notes: then ? [] : [...decision.notes],
  };
}

/** What the policies asked for, and which approvals counted, when the plan's apply began; `null` for a plan that was not applied. */
async function policyThen(db: ReadDb | WriteDb, plan: { id: string }, question: ApplyQuestion) {
  const apply = await db.apply.findFirst({
    where: { planId: plan.id },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { terms: true, requestedById: true },
  });
  if (!apply) return null;
  // The plan was current when it was applied, and who applied it was not the person who looks now.
  const applier = { ...question.applier, id: apply.requestedById ?? '' };
  const { counted, approvals } = decideApply({
    ...question,
    applier,
    plan: { ...question.plan, current: true },
  });
  const terms = ApplyTerms.nullable().parse(apply.terms);
  return {
    policy: terms ? ('then' as const) : ('unknown' as const),
    // What an exemption let through needed none.
    approvalsNeeded: !terms || terms.exempt ? 0 : terms.asked,
    approvals: terms?.approvals ?? approvals.length,
    counted,
  };
}
