'use client';
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
  /** The draft is kept, so that leaving loses nothing. */
  kept: boolean;
  onStay: () => void;
  onLeave: () => void;
  onDiscard: () => void;
}

/** What to do with unsaved changes before the page is left. */
export function LeaveDialog({ kept, onStay, onLeave, onDiscard }: Props) {
  return (
    <AlertDialog open onOpenChange={(open) => !open && onStay()}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>Leave with unsaved changes?</AlertDialogTitle>
          <AlertDialogDescription>
            {kept
              ? 'They stay in this browser as a draft and are restored when you come back.'
              : 'This browser could not keep a draft: what you typed would be lost.'}
          </AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <Button variant="ghost" className="text-danger hover:text-danger sm:mr-auto" onClick={onDiscard}>
            Discard changes
          </Button>
          <AlertDialogCancel>Stay</AlertDialogCancel>
          <AlertDialogAction onClick={onLeave}>{kept ? 'Leave, keep draft' : 'Leave'}</AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
