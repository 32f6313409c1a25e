'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { later } from '#components/kit/lazy-component';

const LeaveDialog = later(() => import('./leave-dialog').then((module) => module.LeaveDialog));

interface Props {
  dirty: boolean;
  /** The draft is kept, so that closing the tab loses nothing. */
  kept: boolean;
  onDiscard: () => void;
}

/** Asks before a link leads away from unsaved changes; closing the tab asks only where the draft could not be kept. */
export function LeaveGuard({ dirty, kept, onDiscard }: Props) {
  const router = useRouter();
  const [goal, setGoal] = useState<string | null>(null);

  useEffect(() => {
    if (!dirty) return;
    const onClick = (event: MouseEvent) => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || link.target === '_blank' || link.origin !== window.location.origin) return;
      if (link.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setGoal(link.pathname + link.search + link.hash);
    };
    document.addEventListener('click', onClick, { capture: true });
    return () => document.removeEventListener('click', onClick, { capture: true });
  }, [dirty]);

  useEffect(() => {
    if (!dirty || kept) return;
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', onLeave);
    return () => window.removeEventListener('beforeunload', onLeave);
  }, [dirty, kept]);

  const go = () => {
    if (goal) router.push(goal);
    setGoal(null);
  };
  return (
    goal !== null && (
      <LeaveDialog
        kept={kept}
        onStay={() => setGoal(null)}
        onLeave={go}
        onDiscard={() => {
          onDiscard();
          go();
        }}
      />
    )
  );
}
