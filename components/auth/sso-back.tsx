'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { Button } from '#components/ui/button';
import { Spinner } from '#components/ui/spinner';
import { useFinishSso } from '#queries/sso';
import { CodeForm } from './code-form';
import { safeNext } from './safe-next';
import { takeBegun } from './sso-flow';

/** Where the OpenID provider sends people back to. */
export function SsoBack() {
  const router = useRouter();
  const finish = useFinishSso();
  const { mutate } = finish;
  const begun = useRef<ReturnType<typeof takeBegun> | undefined>(undefined);
  const [lost, setLost] = useState(false);
  const next = () => safeNext(begun.current?.next ?? null);
  useEffect(() => {
    if (begun.current !== undefined) return;
    begun.current = takeBegun();
    const answer = window.location.search.replace(/^\?/, '');
    // What came along is worthless now, and does not belong in the history.
    window.history.replaceState(null, '', window.location.pathname);
    if (!begun.current || answer === '') return setLost(true);
    mutate({ ticket: begun.current.ticket, answer });
  }, [mutate]);
  const answer = finish.data;
  useEffect(() => {
    if (answer && 'user' in answer) router.replace(safeNext(begun.current?.next ?? null));
  }, [answer, router]);

  if (answer && 'secondFactor' in answer) {
    return (
      <CodeForm
        ticket={answer.secondFactor.ticket}
        onSignedIn={() => router.replace(next())}
        onBack={() => router.replace('/sign-in')}
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <h1 className="font-semibold text-xl tracking-tight">Signing you in</h1>
      {!lost && !finish.isError && (
        <p role="status" className="flex items-center gap-2 text-muted-foreground text-sm">
          <Spinner /> One moment.
        </p>
      )}
      {lost && (
        <p className="text-sm">
          This sign-in was not started in this tab, or is already finished. Start again to be sure that it is
          you.
        </p>
      )}
      {finish.isError && <ErrorState error={finish.error} />}
      {(lost || finish.isError) && (
        <Button asChild size="lg">
          <Link href="/sign-in">To the sign-in page</Link>
        </Button>
      )}
    </div>
  );
}
