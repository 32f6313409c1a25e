'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { Alert } from '#components/ui/alert';
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
import { formatPath } from '#core/format-path';
import { issuesFromZod } from '#core/issue';
import { describeChanges } from '#core/site/describe-changes';
import { merge, type Side } from '#core/site/merge';
import { Site } from '#core/site/schema';
import { siteQueries } from '#queries/sites';
import { DocumentDiff } from '../../diff/document-diff';
import { FieldChanges } from '../../diff/field-changes';
import { ConflictChoice } from './conflict-choice';

interface Props {
  team: string;
  siteId: string;
  /** Revision the edit began from. */
  base: number;
  mine: Record<string, unknown>;
  onClose: () => void;
  onLoadTheirs: (theirs: SiteDetail) => void;
  /** The merge goes into the form, as an edit of the newest revision. */
  onMerged: (merged: Site, theirs: SiteDetail) => void;
}

/**
 * Somebody saved in between: what they changed and what you changed are put together field by field. Where both changed the same field, a
 * person decides. Nothing is overwritten without it, and nothing is saved before the form is.
 */
export function ConflictDialog({ team, siteId, base, mine, onClose, onLoadTheirs, onMerged }: Props) {
  const theirs = useQuery({ ...siteQueries.get(team, siteId), staleTime: 0 });
  const revisions = useInfiniteQuery({ ...siteQueries.revisions(team, siteId), staleTime: 0 });
  const old = useQuery(siteQueries.revision(team, siteId, base));
  const newer =
    revisions.data?.pages.flatMap(({ items }) => items).filter(({ number }) => number > base) ?? [];
  const fresh = theirs.data && theirs.data.head > base ? theirs.data : undefined;
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const merged = useMemo(
    () => (old.data && fresh ? merge(old.data.document, fresh.document, mine, choices) : null),
    [old.data, fresh, mine, choices],
  );
  const fitting = useMemo(() => (merged ? Site.safeParse(merged.value) : null), [merged]);
  const open = merged?.conflicts.filter(({ path }) => !choices.has(path)).length ?? 0;
  const error = revisions.error ?? theirs.error ?? old.error;
  const retry = () => Promise.all([revisions.refetch(), theirs.refetch(), old.refetch()]);
  return (
    <Dialog open onOpenChange={(next) => !next && onClose()}>
      <DialogContent className="max-w-4xl">
        <DialogHeader>
          <DialogTitle>This site was saved in between</DialogTitle>
          <DialogDescription>
            Your changes began from revision {base} and are still in the form. Put both together here.
          </DialogDescription>
        </DialogHeader>
        {error && <ErrorState error={error} onRetry={retry} />}
        {!merged && !error && <Skeleton className="h-24" />}
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
        {merged && old.data && fresh && (
          <>
            <section aria-label="Fields that both of you changed" className="flex flex-col gap-3">
              {merged.conflicts.length === 0 ? (
                <Alert tone="ok" title="No field was changed by both of you">
                  Everything that either of you changed is in the merge.
                </Alert>
              ) : (
                merged.conflicts.map((conflict) => (
                  <ConflictChoice
                    key={conflict.path}
                    conflict={conflict}
                    choice={choices.get(conflict.path) ?? null}
                    onChoice={(side) => setChoices(new Map(choices).set(conflict.path, side))}
                  />
                ))
              )}
            </section>
            <details className="rounded-md border px-3 py-2 text-sm">
              <summary className="cursor-default font-medium">What each of you changed</summary>
              <div className="grid gap-4 pt-2 md:grid-cols-2">
                <div>
                  <h3 className="mb-1 text-muted-foreground text-xs">Saved since revision {base}</h3>
                  <FieldChanges changes={describeChanges(old.data.document, fresh.document)} />
                </div>
                <div>
                  <h3 className="mb-1 text-muted-foreground text-xs">Yours</h3>
                  <FieldChanges changes={describeChanges(old.data.document, mine)} />
                </div>
              </div>
            </details>
            {/* Before the choices are made there is no merge to compare. */}
            {open === 0 && (
              <section aria-label="The merge" className="min-h-0 overflow-auto rounded-md border">
                <DocumentDiff
                  label="Saved revision against the merge"
                  from={fresh.document}
                  to={merged.value as Record<string, unknown>}
                  sides={[`Saved revision ${fresh.head}`, 'The merge']}
                />
              </section>
            )}
            {fitting && !fitting.success && open === 0 && (
              <Alert tone="danger" title="These choices are incompatible">
                {issuesFromZod(fitting.error)
                  .slice(0, 3)
                  .map(({ path, message }) => `${formatPath(path)} ${message}`)
                  .join('; ')}
              </Alert>
            )}
          </>
        )}
        <DialogFooter>
          <Button variant="ghost" onClick={onClose} className="sm:mr-auto">
            Back to the form
          </Button>
          <Button variant="outline" disabled={!fresh} onClick={() => fresh && onLoadTheirs(fresh)}>
            Load theirs, discard mine
          </Button>
          <Button
            disabled={!fresh || open > 0 || !fitting?.success}
            onClick={() => fresh && fitting?.success && onMerged(fitting.data, fresh)}
          >
            {open > 0
              ? `${open} ${open === 1 ? 'field' : 'fields'} to decide`
              : 'Take the merge into the form'}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
