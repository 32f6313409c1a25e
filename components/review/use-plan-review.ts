import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { PlanComment } from '#api/contract/comments';
import type { Plan } from '#api/contract/plans';
import { useTeam } from '#components/kit/team-context';
import { commentQueries } from '#queries/comments';
import { planQueries } from '#queries/plans';
import { reviewQueries } from '#queries/reviews';

/** What others say and decide shows up by itself. */
const refreshMs = 5_000;

/** The live part of a plan's page: its review and its comments. The plan itself is read again when its state moves, so that the two never disagree. */
export function usePlanReview(plan: Pick<Plan, 'id' | 'status' | 'state'>) {
  const { slug } = useTeam();
  const client = useQueryClient();
  const open = plan.status === 'ready' || plan.status === 'blocked' || plan.status === 'stale';
  const interval = open ? refreshMs : refreshMs * 6;
  const review = useQuery({ ...reviewQueries.get(slug, plan.id), refetchInterval: interval });
  const comments = useQuery({ ...commentQueries.list(slug, plan.id), refetchInterval: interval });
  const { status = plan.status, state = plan.state } = review.data ?? {};
  // Named, so that a second move before the plan was read asks again.
  const moved = status === plan.status && state === plan.state ? null : `${status} ${state}`;
  useEffect(() => {
    if (moved !== null) void client.invalidateQueries({ queryKey: planQueries.get(slug, plan.id).queryKey });
  }, [moved, client, slug, plan.id]);
  return { review, comments };
}

/** Comments on the plan as a whole, or on one of its files. */
export const commentsOn = (
  comments: readonly PlanComment[],
  part: { targetId: string; path: string } | null,
): readonly PlanComment[] =>
  comments.filter((comment) =>
    part === null ? comment.path === null : comment.path === part.path && comment.targetId === part.targetId,
  );
