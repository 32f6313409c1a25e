'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Globe, ListChecks, Pencil, Plus, Share2, Trash2, X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { TableSkeleton } from '#components/kit/table-skeleton';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { PlanFailure } from '#components/site/plan-failure';
import { SitesTable } from '#components/site/sites-table';
import { ExportButton } from '#components/transfer/export-button';
import { Button } from '#components/ui/button';
import { listQueries, useChangeListSites } from '#queries/lists';
import { useCreatePlan } from '#queries/plans';
import { siteQueries } from '#queries/sites';
import type { SiteSort } from './use-sites-filter';

const ListDialog = later(() => import('../list/list-dialog').then((module) => module.ListDialog));
const DeleteListDialog = later(() =>
  import('../list/delete-list-dialog').then((module) => module.DeleteListDialog),
);
const SharingDialog = later(() => import('../list/sharing-dialog').then((module) => module.SharingDialog));
const AddSitesDialog = later(() =>
  import('../list/add-sites-dialog').then((module) => module.AddSitesDialog),
);

/** One list: its sites, and what can be done with all of them. */
export function ListPage({ id }: { id: string }) {
  const team = useTeam();
  const router = useRouter();
  const list = useQuery(listQueries.get(team.slug, id));
  const [sort, setSort] = useState<SiteSort>('name');
  const page = useInfiniteQuery({
    ...siteQueries.list(team.slug, { listId: id, sort }),
    placeholderData: keepPreviousData,
    enabled: list.isSuccess,
  });
  const sites = useMemo(() => page.data?.pages.flatMap(({ items }) => items) ?? [], [page.data]);
  const total = page.data?.pages.at(-1)?.total ?? 0;
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'rename' | 'delete' | 'add' | 'share' | null>(null);
  const plan = useCreatePlan(team.slug);
  const change = useChangeListSites(team.slug);
  const mayWrite = team.can('lists.write');

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = page;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const hrefOf = useCallback((site: string) => `/${team.slug}/sites/${site}`, [team.slug]);
  const select = useCallback((site: string, selected: boolean) => {
    setSelection((before) => {
      const after = new Set(before);
      if (selected) after.add(site);
      else after.delete(site);
      return after;
    });
  }, []);
  const startPlan = (siteIds: readonly string[]) =>
    plan.mutate(
      { siteIds: [...siteIds] },
      { onSuccess: (made) => router.push(`/${team.slug}/plans/${made.id}`) },
    );
  const takeOff = () => {
    const gone = [...selection];
    change.mutate(
      { id, add: [], remove: gone },
      {
        onSuccess: () => {
          setSelection(new Set());
          toast.success(`${gone.length === 1 ? '1 site is' : `${gone.length} sites are`} off the list`, {
            action: { label: 'Undo', onClick: () => change.mutate({ id, add: gone, remove: [] }) },
          });
        },
      },
    );
  };
  const addSites = (
    <Button variant="outline" onClick={() => setDialog('add')}>
      <Plus />
      Add sites
    </Button>
  );
  return (
    <Page wide className={selection.size > 0 ? 'pb-24' : undefined}>
      <PageHeader
        title={list.data?.name ?? 'List'}
        parents={[{ label: 'Lists', href: `/${team.slug}/lists` }]}
        description={list.data?.description || undefined}
        actions={
          list.data && (
            <>
              {mayWrite && addSites}
              {total > 0 && <ExportButton query={{ listId: id }} />}
              {team.can('lists.share') && (
                <Button variant="outline" onClick={() => setDialog('share')}>
                  <Share2 />
                  Share
                </Button>
              )}
              {mayWrite && (
                <>
                  <Button
                    variant="outline"
                    size="icon"
                    aria-label="Rename"
                    title="Rename"
                    onClick={() => setDialog('rename')}
                  >
                    <Pencil />
                  </Button>
                  <Button
                    variant="outline"
                    size="icon"
                    aria-label="Delete list"
                    title="Delete list"
                    onClick={() => setDialog('delete')}
                  >
                    <Trash2 />
                  </Button>
                </>
              )}
            </>
          )
        }
      />
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {plan.isError && (
        <PlanFailure error={plan.error} onRetry={() => startPlan([...selection])} onDismiss={plan.reset} />
      )}
      {change.isError && <ErrorState error={change.error} />}
      {(list.isPending || (list.isSuccess && page.isPending)) && <TableSkeleton rows={6} />}
      {page.isError && <ErrorState error={page.error} onRetry={() => page.refetch()} />}
      {page.isSuccess && total === 0 && (
        <EmptyState
          icon={Globe}
          title="No site is on this list"
          className="rounded-lg border border-dashed"
          action={mayWrite && addSites}
        >
          Add them here, or choose some under Sites and press Add to list.
        </EmptyState>
      )}
      {total > 0 && (
        <SitesTable
          sites={sites}
          total={total}
          hrefOf={hrefOf}
          sort={sort}
          onSort={setSort}
          selectable={mayWrite}
          selection={selection}
          onSelect={select}
          onSelectAll={(all) => setSelection(new Set(all ? sites.map((site) => site.id) : []))}
          onNearEnd={loadMore}
        />
      )}
      {selection.size > 0 && (
        <div className="fixed inset-x-0 bottom-4 z-30 flex justify-center px-3 lg:left-56">
          <section
            aria-label="Selection"
            className="flex flex-wrap items-center gap-2 rounded-xl border bg-popover py-2 pr-2 pl-4 shadow-lg"
          >
            <span role="status" className="text-sm tabular-nums">
              {selection.size} selected
            </span>
            <Button variant="ghost" onClick={() => setSelection(new Set())}>
              Clear
            </Button>
            <Button variant="outline" pending={change.isPending} onClick={takeOff}>
              <X />
              Take off the list
            </Button>
            {team.can('plans.create') && (
              <Button pending={plan.isPending} onClick={() => startPlan([...selection])}>
                <ListChecks />
                Plan changes
              </Button>
            )}
          </section>
        </div>
      )}
      {list.data && dialog === 'rename' && (
        <ListDialog list={list.data} onClose={() => setDialog(null)} onDone={() => setDialog(null)} />
      )}
      {list.data && dialog === 'delete' && (
        <DeleteListDialog
          list={list.data}
          onClose={() => setDialog(null)}
          onDeleted={() => router.push(`/${team.slug}/lists`)}
        />
      )}
      {list.data && dialog === 'share' && <SharingDialog list={list.data} onClose={() => setDialog(null)} />}
      {list.data && dialog === 'add' && <AddSitesDialog list={list.data} onClose={() => setDialog(null)} />}
    </Page>
  );
}
