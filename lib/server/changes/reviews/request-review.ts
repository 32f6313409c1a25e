import 'server-only';
import type { contract } from '#api/contract/index';
import { can } from '#core/access/permissions';
import type { Handler } from '../../door/route';
import { fieldProblem } from '../../platform/errors/field-problem';
import { applyQuestion, rolesOf } from './apply-question';
import { notifyAsked } from './notify-asked';
import { reviewState } from './review-state';
import { planSubject, reviewablePlan } from './reviewable-plan';

/** Asks members to look at a plan. Who made it or saved what it brings cannot approve it, so they are not asked. */
export const requestReview: Handler<typeof contract.reviews.request> = ({
  params,
  body,
  actor,
  role,
  team,
  change,
}) =>
  change(async (tx) => {
    const plan = await reviewablePlan(tx, params.id);
    const reader = { id: actor.id, role };
    const { authorIds } = (await applyQuestion(tx, plan, reader)).plan;
    const roles = await rolesOf(tx);
    const userIds = [...new Set(body.userIds)];
    for (const [index, id] of userIds.entries()) {
      const theirs = roles.get(id);
      if (!theirs || !can(theirs, 'plans.review'))
        throw fieldProblem('review.no-reviewer', ['userIds', index], 'is nobody in this team who may review');
      if (authorIds.includes(id))
        throw fieldProblem('review.author', ['userIds', index], 'made this plan or saved what it brings');
    }
    await tx.reviewRequest.deleteMany({ where: { planId: plan.id, userId: { notIn: userIds } } });
    const asked = await tx.reviewRequest.findMany({ where: { planId: plan.id } });
    const more = userIds.filter((id) => !asked.some(({ userId }) => userId === id));
    for (const userId of more)
      await tx.reviewRequest.create({ data: { planId: plan.id, userId, requestedById: actor.id } });
    await notifyAsked(tx, { teamId: team.id, planId: plan.id, by: actor.name, userIds: more });
    const people = await tx.user.findMany({ where: { id: { in: userIds } }, select: { email: true } });
    return {
      value: await reviewState(tx, plan.id, reader),
      audit: {
        ...planSubject(plan),
        detail: { reviewers: people.map(({ email }) => email).sort(), planHash: plan.hash },
      },
    };
  });
