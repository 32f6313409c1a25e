import { queryOptions } from '@tanstack/react-query';
import { call } from './call';
import { keyOf } from './keys';

export const teamQueries = {
  get: (slug: string) =>
    queryOptions({
      queryKey: keyOf('team.get', { params: { team: slug } }),
      queryFn: ({ signal }) => call('team.get', { params: { team: slug }, signal }),
    }),
};
