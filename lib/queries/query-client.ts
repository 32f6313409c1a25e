import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from '#api/problem-error';

/** Answers that will not get better by asking again. */
const lasting = (error: unknown) =>
  error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500;

/** `onSignedOut` runs when any read finds that the session has ended. */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (!(error instanceof ProblemError)) return;
        if (error.problem.code === 'unauthenticated') onSignedOut();
        // Perhaps the person has another role now, or has left the team: the frame of the page asks and shows it.
        const refused = error.problem.code === 'forbidden' || error.problem.code === 'not-found';
        if (refused && query.queryKey[0] !== 'session')
          void client.invalidateQueries({ queryKey: ['session', 'get'] });
      },
    }),
    mutationCache: new MutationCache({
      onError: (error) => {
        if (error instanceof ProblemError && error.problem.code === 'forbidden')
          void client.invalidateQueries({ queryKey: ['session', 'get'] });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => !lasting(error) && failures < 2,
      },
    },
  });
  return client;
}
