'use client';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { ProblemError } from '#api/problem-error';
import { ShellSkeleton } from '#components/frame/shell-skeleton';
import { ErrorState } from '#components/kit/error-state';
import { sessionQueries } from '#queries/session';
import { NoTeam } from './no-team';

/** Sends people where they belong: their first team, signing in, or the first-run setup. */
export function Landing() {
  const router = useRouter();
  const session = useQuery(sessionQueries.get());
  const signedOut = session.error instanceof ProblemError && session.error.problem.code === 'unauthenticated';
  const setup = useQuery({ ...sessionQueries.setupStatus(), enabled: signedOut });

  useEffect(() => {
    const team = session.data?.teams[0];
    if (team) router.replace(`/${team.slug}/sites`);
    else if (signedOut && setup.data) router.replace(setup.data.open ? '/setup' : '/sign-in');
  }, [router, session.data, signedOut, setup.data]);

  const error = signedOut ? setup.error : session.error;
  if (error) {
    return (
      <main className="mx-auto max-w-lg p-6 pt-24">
        <ErrorState error={error} onRetry={() => (signedOut ? setup.refetch() : session.refetch())} />
      </main>
    );
  }
  if (session.data?.teams.length === 0) return <NoTeam user={session.data.user} />;
  return <ShellSkeleton />;
}
