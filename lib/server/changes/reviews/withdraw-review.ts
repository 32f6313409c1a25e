import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { reviewState } from './review-state';
import { planSubject, reviewablePlan } from './reviewable-plan';

/** Takes back what one said about a plan, as long as it has not been applied. */
export const withdrawReview: Handler<typeof contract.reviews.withdraw> = ({ params, actor, role, change }) =>
  change(async (tx) => {
    const plan = await reviewablePlan(tx, params.id);
    const { count } = await tx.planReview.deleteMany({ where: { planId: plan.id, userId: actor.id } });
    if (count === 0) throw new AppError('conflict', 'You have not reviewed this plan.');
    return {
      value: await reviewState(tx, plan.id, { id: actor.id, role }),
      audit: { ...planSubject(plan), detail: { planHash: plan.hash } },
    };
  });
