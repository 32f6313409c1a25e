import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyFor, call } from './call';
import { keyOf } from './keys';

export const notificationQueries = {
  get: (team: string) =>
    queryOptions({
      queryKey: keyOf('notifications.get', { params: { team } }),
      queryFn: ({ signal }) => call('notifications.get', { params: { team }, signal }),
    }),
};

export function useChooseNotifications(team: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyFor<'notifications.update'>) =>
      call('notifications.update', { params: { team }, body }),
    onSuccess: (chosen) => client.setQueryData(notificationQueries.get(team).queryKey, chosen),
  });
}
