'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { List } from '#api/contract/lists';
import { ErrorState } from '#components/kit/error-state';
import { LoadMore } from '#components/kit/load-more';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';
import { Input } from '#components/ui/input';
import { Skeleton } from '#components/ui/skeleton';
import { useChangeListSites } from '#queries/lists';
import { siteQueries } from '#queries/sites';

/** Chooses sites to put on a list. */
export function AddSitesDialog({ list, onClose }: { list: List; onClose: () => void }) {
  const team = useTeam();
  const change = useChangeListSites(team.slug);
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const sites = useInfiniteQuery({
    ...siteQueries.list(team.slug, { limit: 50, ...(search ? { search } : {}) }),
    placeholderData: keepPreviousData,
  });
  const rows = sites.data?.pages.flatMap(({ items }) => items) ?? [];
  const choose = (id: string, on: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      if (on) after.add(id);
      else after.delete(id);
      return after;
    });
  const submit = () =>
    change.mutate(
      { id: list.id, add: [...chosen], remove: [] },
      {
        onSuccess: () => {
          toast.success(`${chosen.size === 1 ? '1 site is' : `${chosen.size} sites are`} on ${list.name}`);
          onClose();
        },
      },
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-w-lg">
        <DialogHeader>
          <DialogTitle>Add sites to {list.name}</DialogTitle>
          <DialogDescription>They stay on their other lists.</DialogDescription>
        </DialogHeader>
        <Input
          type="search"
          aria-label="Search sites"
          placeholder="Search name or host name"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {sites.isError && <ErrorState error={sites.error} onRetry={() => sites.refetch()} />}
        {sites.isPending && <Skeleton className="h-40" />}
        {sites.isSuccess && rows.length === 0 && (
          <p className="py-6 text-center text-muted-foreground text-sm">
            {search ? 'No site matches.' : 'The team has no sites yet.'}
          </p>
        )}
        {rows.length > 0 && (
          <div className="max-h-[45dvh] min-h-0 overflow-y-auto rounded-md border">
            <ul className="divide-y">
              {rows.map((site) => {
                const there = site.lists.some(({ id }) => id === list.id);
                return (
                  <li key={site.id}>
                    <label
                      htmlFor={`add-${site.id}`}
                      className="flex min-h-11 items-center gap-3 px-3 py-1.5 text-sm hover:bg-accent/50"
                    >
                      <Checkbox
                        id={`add-${site.id}`}
                        checked={there || chosen.has(site.id)}
                        disabled={there}
                        onCheckedChange={(on) => choose(site.id, on)}
                      />
                      <span className="min-w-0 flex-1">
                        <span className="block truncate font-medium">{site.name}</span>
                        <span className="block truncate text-muted-foreground text-xs">
                          {site.hostnames[0]}
                        </span>
                      </span>
                      {there && <span className="text-muted-foreground text-xs">on it already</span>}
                    </label>
                  </li>
                );
              })}
            </ul>
            <div className="pb-3 empty:hidden">
              <LoadMore query={sites} />
            </div>
          </div>
        )}
        {change.isError && <ErrorState error={change.error} />}
        <DialogFooter>
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={chosen.size === 0} pending={change.isPending} onClick={submit}>
            {chosen.size === 0 ? 'Add sites' : `Add ${chosen.size} ${chosen.size === 1 ? 'site' : 'sites'}`}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
