'use client';
import { useEffect, useState } from 'react';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { Alert } from '#components/ui/alert';

/** Why signing in failed. After too many tries it counts down the seconds and keeps the button off. */
export function RefusedSignIn({
  error,
  onBlocked,
}: {
  error: unknown;
  onBlocked: (blocked: boolean) => void;
}) {
  const limited = error instanceof ProblemError && error.problem.code === 'too-many-requests';
  const [seconds, setSeconds] = useState(() => (limited ? (error.retryAfterSeconds ?? 60) : 0));

  useEffect(() => {
    onBlocked(seconds > 0);
    if (seconds <= 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds, onBlocked]);
  useEffect(() => () => onBlocked(false), [onBlocked]);

  if (!limited) {
    const refused = error instanceof ProblemError && error.problem.status === 401;
    if (!refused) return <ErrorState error={error} />;
    return (
      <Alert tone="danger" title={error.problem.detail}>
        {error.problem.hint}
      </Alert>
    );
  }
  return (
    <Alert
      tone={seconds > 0 ? 'warning' : 'info'}
      title={seconds > 0 ? 'Too many tries' : 'You can try again now'}
    >
      {seconds > 0 && (
        <span>
          Wait <span aria-hidden>{seconds} s</span>
          <span className="sr-only">about a minute</span>, then try again.
        </span>
      )}
    </Alert>
  );
}
