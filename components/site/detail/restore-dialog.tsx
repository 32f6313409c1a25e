'use client';
import { useQuery } from '@tanstack/react-query';
import type { SiteDetail } from '#api/contract/sites';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { siteQueries, useUpdateSite } from '#queries/sites';
import { DocumentDiff } from '../../diff/document-diff';

interface Props {
  site: SiteDetail;
  number: number;
  onClose: () => void;
}

/** Brings an old revision back as a new one: history only ever grows. */
export function RestoreDialog({ site, number, onClose }: Props) {
  const team = useTeam();
  const revision = useQuery(siteQueries.revision(team.slug, site.id, number));
  const update = useUpdateSite(team.slug, site.id);
  const restore = () => {
    if (!revision.data) return;
    update.mutate(
      {
        document: revision.data.document,
        targetIds: site.targets.filter(({ removing }) => !removing).map(({ targetId }) => targetId),
        message: `Restore revision ${number}`,
        head: site.head,
      },
      {
        onSuccess: ({ head }) => {
          toast.success(`Revision ${number} is back as revision ${head}`, {
            description: 'No host has changed yet: plan and apply it.',
          });
          onClose();
        },
      },
    );
  };
  return (
    <ConfirmDialog
      title={`Restore revision ${number}?`}
      text={`It becomes revision ${site.head + 1} with the changes below. Nothing is lost, and no host changes before you apply it.`}
      action={`Restore as revision ${site.head + 1}`}
      variant="default"
      disabled={!revision.data}
      className="max-w-3xl"
      running={update}
      onOpenChange={onClose}
      onConfirm={restore}
    >
      {revision.isError && <ErrorState error={revision.error} onRetry={() => revision.refetch()} />}
      {revision.data && (
        <div className="max-h-[50dvh] min-h-0 overflow-auto rounded-md border">
          <DocumentDiff
            label={`Revision ${site.head} against ${number}`}
            from={site.document}
            to={revision.data.document}
            sides={[`Now, revision ${site.head}`, `Restored, revision ${number}`]}
          />
        </div>
      )}
    </ConfirmDialog>
  );
}
