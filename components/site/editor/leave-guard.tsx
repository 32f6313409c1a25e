'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#components/ui/alert-dialog';
import { Button } from '#components/ui/button';

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
    <AlertDialog open={goal !== null} onOpenChange={(open) => !open && setGoal(null)}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Leave with unsaved changes?</AlertDialogTitle>
          <AlertDialogDescription>
            {kept
              ? 'They stay in this browser as a draft and are here again when you come back.'
              : 'This browser could not keep a draft: what you typed would be lost.'}
          </AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <Button
            variant="ghost"
            className="text-danger hover:text-danger sm:mr-auto"
            onClick={() => {
              onDiscard();
              go();
            }}
          >
            Discard changes
          </Button>
          <AlertDialogCancel>Stay</AlertDialogCancel>
          <AlertDialogAction onClick={go}>{kept ? 'Leave, keep draft' : 'Leave'}</AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
