import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';

export const commentQueries = {
  list: (team: string, id: string) =>
    queryOptions({
      queryKey: keyOf('comments.list', { params: { team, id } }),
      queryFn: ({ signal }) => call('comments.list', { params: { team, id }, signal }),
    }),
};

export function useCreateComment(team: string, planId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'comments.create'>) =>
      call('comments.create', { params: { team, id: planId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: commentQueries.list(team, planId).queryKey }),
  });
}

export function useUpdateComment(team: string, planId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: string }) =>
      call('comments.update', { params: { team, id }, body: { body } }),
    onSuccess: () => client.invalidateQueries({ queryKey: commentQueries.list(team, planId).queryKey }),
  });
}

export function useRemoveComment(team: string, planId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call('comments.remove', { params: { team, id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: commentQueries.list(team, planId).queryKey }),
  });
}
