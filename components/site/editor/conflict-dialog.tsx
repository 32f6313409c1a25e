'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/shell/error-state';
import { RelativeTime } from '#components/shell/relative-time';
import { Button } from '#components/ui/button';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';
import { Skeleton } from '#components/ui/skeleton';
import { siteQueries } from '#queries/sites';
import { DocumentDiff } from '../document-diff';

interface Props {
  team: string;
  siteId: string;
  /** Revision the edit began from. */
  base: number;
  mine: Record<string, unknown>;
  onClose: () => void;
  onLoadTheirs: (theirs: SiteDetail) => void;
  onKeepMine: (theirs: SiteDetail) => void;
  saving: boolean;
}

/** Somebody saved in between: who, what, and the choice between the two. Nothing is overwritten without it. */
export function ConflictDialog({
  team,
  siteId,
  base,
  mine,
  onClose,
  onLoadTheirs,
  onKeepMine,
  saving,
}: Props) {
  const theirs = useQuery({ ...siteQueries.get(team, siteId), staleTime: 0 });
  const revisions = useInfiniteQuery({ ...siteQueries.revisions(team, siteId), staleTime: 0 });
  const newer =
    revisions.data?.pages.flatMap(({ items }) => items).filter(({ number }) => number > base) ?? [];
  const fresh = theirs.data && theirs.data.head > base ? theirs.data : undefined;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-4xl">
        <DialogHeader>
          <DialogTitle>This site was saved in between</DialogTitle>
          <DialogDescription>
            Your changes began from revision {base} and are still in the form.
          </DialogDescription>
        </DialogHeader>
        {revisions.isError && <ErrorState error={revisions.error} onRetry={() => revisions.refetch()} />}
        {theirs.isError && <ErrorState error={theirs.error} onRetry={() => theirs.refetch()} />}
        {(revisions.isPending || !fresh) && !theirs.isError && <Skeleton className="h-10" />}
        <ul className="flex flex-col gap-1 text-sm">
          {newer.map(({ number, author, message, createdAt }) => (
            <li key={number} className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{author?.name ?? 'Somebody'}</span>
              <span className="text-muted-foreground">
                saved revision {number} <RelativeTime at={createdAt} />
              </span>
              {message && <span>“{message}”</span>}
            </li>
          ))}
        </ul>
        {fresh && (
          <div className="min-h-0 overflow-auto rounded-md border">
            <DocumentDiff
              label="Theirs against yours"
              from={fresh.document}
              to={mine}
              sides={[`Saved revision ${fresh.head}`, 'Yours']}
            />
          </div>
        )}
        <DialogFooter>
          <Button variant="ghost" onClick={onClose} className="sm:mr-auto">
            Back to the form
          </Button>
          <Button variant="outline" disabled={!fresh} onClick={() => fresh && onLoadTheirs(fresh)}>
            Load theirs, drop mine
          </Button>
          <Button disabled={!fresh} pending={saving} onClick={() => fresh && onKeepMine(fresh)}>
            Save mine as revision {(fresh?.head ?? base) + 1}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
