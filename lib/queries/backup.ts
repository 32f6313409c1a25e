import { queryOptions } from '@tanstack/react-query';
import { call } from './call';
import { keyOf } from './keys';

export const backupQueries = {
  get: () =>
    queryOptions({
      queryKey: keyOf('backup.get'),
      queryFn: ({ signal }) => call('backup.get', { signal }),
    }),
};
