'use client';
import { useRouter } from 'next/navigation';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#components/ui/alert-dialog';
import { Button } from '#components/ui/button';
import { useCreatePlan } from '#queries/plans';
import { useRemoveSite, useUpdateSite } from '#queries/sites';
import { list } from '../../diff/change-text';

interface Props {
  site: SiteDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Called after the site was deleted; goes to the list of sites when absent. */
  onDeleted?: () => void;
}

/** Deletes a site that runs nowhere; for one whose files are on hosts, makes the plan that takes them away. */
export function DeleteSiteDialog({ site, open, onOpenChange, onDeleted }: Props) {
  const hosts = [
    ...new Set(
      site.targets.filter(({ appliedRevision }) => appliedRevision !== null).map(({ hostName }) => hostName),
    ),
  ];
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        {hosts.length > 0 ? (
          <TakeOff site={site} hosts={hosts} />
        ) : (
          <Delete site={site} onDeleted={onDeleted} />
        )}
      </AlertDialogContent>
    </AlertDialog>
  );
}

function TakeOff({ site, hosts }: { site: SiteDetail; hosts: readonly string[] }) {
  const team = useTeam();
  const router = useRouter();
  const update = useUpdateSite(team.slug, site.id);
  const plan = useCreatePlan(team.slug);
  const start = async () => {
    const { document, head } = site;
    const leaving = site.targets.every(({ removing }) => removing);
    if (!leaving) await update.mutateAsync({ document, targetIds: [], message: 'Take off all hosts', head });
    const { id } = await plan.mutateAsync({ siteIds: [site.id] });
    router.push(`/${team.slug}/plans/${id}`);
  };
  const error = update.error ?? plan.error;
  return (
    <>
      <AlertDialogHeader>
        <AlertDialogTitle>
          {site.name} runs on {list(hosts)}
        </AlertDialogTitle>
        <AlertDialogDescription>
          Its files have to go from there first. The plan that takes them away is made now; you review and
          apply it, and the page of the apply offers to delete the site. Until then nothing changes on any
          host, and nothing is lost.
        </AlertDialogDescription>
      </AlertDialogHeader>
      {error && <ErrorState error={error} />}
      <AlertDialogFooter>
        <AlertDialogCancel>Keep it</AlertDialogCancel>
        <Button
          variant="destructive"
          pending={update.isPending || plan.isPending}
          onClick={() => void start().catch(() => undefined)}
        >
          {plan.isPending ? 'Reading the host' : 'Plan the removal'}
        </Button>
      </AlertDialogFooter>
    </>
  );
}

function Delete({ site, onDeleted }: Pick<Props, 'site'> & { onDeleted: (() => void) | undefined }) {
  const team = useTeam();
  const router = useRouter();
  const remove = useRemoveSite(team.slug);
  return (
    <>
      <AlertDialogHeader>
        <AlertDialogTitle>Delete {site.name}?</AlertDialogTitle>
        <AlertDialogDescription>
          {`The site and its ${site.head} ${site.head === 1 ? 'revision' : 'revisions'} are deleted for good. Nothing on any host changes.`}
        </AlertDialogDescription>
      </AlertDialogHeader>
      {remove.isError && <ErrorState error={remove.error} />}
      <AlertDialogFooter>
        <AlertDialogCancel>Keep it</AlertDialogCancel>
        <Button
          variant="destructive"
          pending={remove.isPending}
          onClick={() =>
            remove.mutate(site.id, {
              onSuccess: () => {
                toast.success(`${site.name} is deleted`);
                if (onDeleted) onDeleted();
                else router.push(`/${team.slug}/sites`);
              },
            })
          }
        >
          Delete {site.name}
        </Button>
      </AlertDialogFooter>
    </>
  );
}
