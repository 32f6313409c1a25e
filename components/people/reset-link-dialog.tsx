'use client';
import type { PersonDetail } from '#api/contract/people';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { OneTimeSecret } from '#components/kit/one-time-secret';
import { useMakeReset } from '#queries/people';

/** Makes a one-time link for a new password and shows it once. */
export function ResetLinkDialog({ person, onClose }: { person: PersonDetail; onClose: () => void }) {
  const make = useMakeReset();
  const link = make.data;
  return (
    <FormDialog
      title={`A new password for ${person.name}`}
      text="You get a link that works once, for a day. What they have now keeps working until they use it; then all their sessions end."
      action="Make the link"
      className="max-w-md"
      pending={make.isPending}
      onSubmit={() => make.mutate(person.id)}
      onClose={onClose}
      result={
        link && (
          <OneTimeSecret
            title={`Give ${person.name} this link`}
            text="Copy it now: it is shown only once. Give it to them in person, or by a way that only they can read."
            value={`${window.location.origin}/reset#${link.id}.${link.secret}`}
            label="Copy link"
            onClose={onClose}
          />
        )
      }
    >
      {make.isError && <ErrorState error={make.error} />}
    </FormDialog>
  );
}
