'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/shell/error-state';
import { useTeam } from '#components/shell/team-context';
import { toast } from '#components/shell/toast';
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
import { useRemoveSite } from '#queries/sites';

interface Props {
  site: SiteDetail;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Deletes a site that runs nowhere; for one that still does, says how to take it off its hosts. */
export function DeleteSiteDialog({ site, open, onOpenChange }: Props) {
  const team = useTeam();
  const router = useRouter();
  const remove = useRemoveSite(team.slug);
  const hosts = site.targets.map(({ hostName }) => hostName).join(', ');
  const running = site.targets.length > 0;
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>
            {running ? `${site.name} still runs on ${hosts}` : `Delete ${site.name}?`}
          </AlertDialogTitle>
          <AlertDialogDescription>
            {running
              ? 'Deleting it here would leave its files there. Edit the site, clear all boxes under “Runs on”, then plan and apply: that takes the files away. Then it can be deleted.'
              : `The site and its ${site.head} ${site.head === 1 ? 'revision' : 'revisions'} go for good. Nothing on any host changes.`}
          </AlertDialogDescription>
        </AlertDialogHeader>
        {remove.isError && <ErrorState error={remove.error} />}
        <AlertDialogFooter>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
          {running ? (
            <Button asChild>
              <Link href={`/${team.slug}/sites/${site.id}/edit`}>Edit site</Link>
            </Button>
          ) : (
            <Button
              variant="destructive"
              pending={remove.isPending}
              onClick={() =>
                remove.mutate(site.id, {
                  onSuccess: () => {
                    toast.success(`${site.name} is deleted`);
                    router.push(`/${team.slug}/sites`);
                  },
                })
              }
            >
              Delete {site.name}
            </Button>
          )}
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
