import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReviewState } from '#api/contract/reviews';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';

export const reviewQueries = {
  get: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('reviews.get', { params: { team, id } }),
      queryFn: ({ signal }) => call('reviews.get', { params: { team, id }, signal }),
    }),
};

function useReviewStore(team: string, id: string) {
  const client = useQueryClient();
  return {
    onSuccess: (state: ReviewState) => client.setQueryData(reviewQueries.get(team, id).queryKey, state),
    // A refusal mostly means that something moved: what is shown then says what.
    onError: () => client.invalidateQueries({ queryKey: reviewQueries.get(team, id).queryKey }),
  };
}

export function useRequestReview(team: string, id: string) {
  return useMutation({
    mutationFn: (userIds: string[]) => call('reviews.request', { params: { team, id }, body: { userIds } }),
    ...useReviewStore(team, id),
  });
}

export function useSubmitReview(team: string, id: string) {
  return useMutation({
    mutationFn: (body: BodyFor<'reviews.submit'>) => call('reviews.submit', { params: { team, id }, body }),
    ...useReviewStore(team, id),
  });
}

export function useWithdrawReview(team: string, id: string) {
  return useMutation({
    mutationFn: () => call('reviews.withdraw', { params: { team, id } }),
    ...useReviewStore(team, id),
  });
}
