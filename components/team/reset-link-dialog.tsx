'use client';
import type { PersonDetail } from '#api/contract/people';
import { ErrorState } from '#components/shell/error-state';
import { OneTimeSecret } from '#components/shell/one-time-secret';
import { Button } from '#components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';
import { useMakeReset } from '#queries/people';

/** Makes a one-time link for a new password and shows it once. */
export function ResetLinkDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const make = useMakeReset();
  const link = make.data;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        className="max-w-md"
        // A stray click must not close the only view of the link.
        onInteractOutside={(event) => link && event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>
            {link ? `Give ${person.name} this link` : `A new password for ${person.name}`}
          </DialogTitle>
          <DialogDescription>
            {link
              ? 'Copy it now: it is shown this once. Give it to them in person, or by a way that only they can read.'
              : 'You get a link that works once, for a day. What they have now keeps working until they use it; then all their sessions end.'}
          </DialogDescription>
        </DialogHeader>
        {make.isError && <ErrorState error={make.error} />}
        {link && (
          <OneTimeSecret
            value={`${window.location.origin}/reset#${link.id}.${link.secret}`}
            label="Copy link"
          />
        )}
        <DialogFooter>
          {link ? (
            <Button onClick={onClose}>I have copied it</Button>
          ) : (
            <>
              <Button variant="outline" onClick={onClose}>
                Cancel
              </Button>
              <Button pending={make.isPending} onClick={() => make.mutate(person.id)}>
                Make the link
              </Button>
            </>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
