import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { applyQuestion } from './apply-question';
import { reviewState } from './review-state';
import { planSubject, reviewablePlan } from './reviewable-plan';

/** A person's word on exactly the plan that they looked at; it takes the place of their earlier one. */
export const submitReview: Handler<typeof contract.reviews.submit> = ({
  params,
  body,
  actor,
  role,
  team,
  change,
}) =>
  change(async (tx) => {
    const plan = await reviewablePlan(tx, params.id);
    if (plan.hash !== body.planHash) {
      throw new AppError('stale', 'This is not the plan that you looked at.', {
        hint: 'Reload the plan and review it again.',
      });
    }
    const reader = { id: actor.id, role };
    const { authorIds } = (await applyQuestion(tx, plan, reader)).plan;
    if (body.verdict === 'approved' && authorIds.includes(actor.id)) {
      throw new AppError(
        'forbidden',
        'You made this plan or saved what it brings, so you cannot approve it.',
        {
          hint: 'Request a review from somebody else.',
        },
      );
    }
    const data = {
      planHash: plan.hash,
      verdict: body.verdict,
      comment: body.comment,
      createdAt: new Date(),
    };
    await tx.planReview.deleteMany({ where: { planId: plan.id, userId: actor.id } });
    await tx.planReview.create({ data: { ...data, teamId: team.id, planId: plan.id, userId: actor.id } });
    return {
      value: await reviewState(tx, plan.id, reader),
      audit: { ...planSubject(plan), detail: { verdict: body.verdict, planHash: plan.hash } },
    };
  });
