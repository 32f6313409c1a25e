import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '#api/problem-error';

/** Answers that will not get better by asking again. */
const lasting = (error: unknown) =>
  error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500;

/** `onSignedOut` runs when any read finds that the session has ended. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ProblemError && error.problem.code === 'unauthenticated') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => !lasting(error) && failures < 2,
      },
    },
  });
}
