'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FileUp, Plus, SearchX } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import type { TeamDetail } from '#api/contract/team';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { ExportButton } from '#components/transfer/export-button';
import { Button } from '#components/ui/button';
import { listQueries } from '#queries/lists';
import { useCreatePlan } from '#queries/plans';
import { siteQueries } from '#queries/sites';
import { teamQueries } from '#queries/team';
import { TableSkeleton } from '../kit/table-skeleton';
import { PlanFailure } from './plan-failure';
import { SitesFilterBar } from './sites-filter-bar';
import { SitesTable } from './sites-table';
import { useSitesFilter } from './use-sites-filter';

const NoSites = later(() => import('./no-sites').then((module) => module.NoSites));
const SelectionBar = later(() => import('./selection-bar').then((module) => module.SelectionBar));
const ImportDialog = later(() =>
  import('#components/transfer/import-dialog').then((module) => module.ImportDialog),
);
const SetupChecklist = later(() => import('./setup-checklist').then((module) => module.SetupChecklist));

export function SitesPage() {
  const team = useTeam();
  const router = useRouter();
  const filter = useSitesFilter();
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const detail = useQuery(teamQueries.get(team.slug));
  const list = useInfiniteQuery({
    ...siteQueries.list(team.slug, filter.filter),
    placeholderData: keepPreviousData,
  });
  const plan = useCreatePlan(team.slug);

  const sites = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages.at(-1)?.total ?? 0;
  const lists = useQuery(listQueries.list(team.slug));
  const [importing, setImporting] = useQueryState('import', parseAsBoolean.withDefault(false));
  const mayWrite = team.can('sites.write');
  const maySelect = team.can('plans.create') || team.can('lists.write');

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const select = useCallback((id: string, selected: boolean) => {
    setSelection((before) => {
      const after = new Set(before);
      if (selected) after.add(id);
      else after.delete(id);
      return after;
    });
  }, []);
  const hrefOf = useCallback((id: string) => `/${team.slug}/sites/${id}`, [team.slug]);

  const [loadingAll, setLoadingAll] = useState(false);
  const selectMatching = async () => {
    setLoadingAll(true);
    let page = await list.fetchNextPage();
    while (page.hasNextPage && !page.isError) page = await page.fetchNextPage();
    setSelection(new Set(page.data?.pages.flatMap(({ items }) => items.map(({ id }) => id))));
    setLoadingAll(false);
  };
  const startPlan = () =>
    plan.mutate(
      { siteIds: [...selection] },
      { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
    );

  const empty = list.isSuccess && total === 0 && !list.isPlaceholderData;
  return (
    <Page wide className={selection.size > 0 ? 'pb-24' : undefined}>
      <PageHeader
        title="Sites"
        description={
          list.isSuccess && !empty
            ? `${total.toLocaleString('en')} ${total === 1 ? 'site' : 'sites'}`
            : undefined
        }
        actions={
          <>
            {mayWrite && (
              <Button variant="outline" onClick={() => setImporting(true)}>
                <FileUp />
                Import
              </Button>
            )}
            {total > 0 && <ExportButton query={filter.state.list ? { listId: filter.state.list } : {}} />}
            {mayWrite && (
              <Button asChild>
                <Link href={`/${team.slug}/sites/new`}>
                  <Plus />
                  New site
                </Link>
              </Button>
            )}
          </>
        }
      />
      {detail.data && !isSetUp(detail.data.progress) && <SetupChecklist progress={detail.data.progress} />}
      {(total > 0 || filter.narrowed) && <SitesFilterBar filter={filter} lists={lists.data?.items ?? []} />}
      {plan.isError && <PlanFailure error={plan.error} onRetry={startPlan} onDismiss={plan.reset} />}
      {list.isPending && <TableSkeleton rows={8} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {empty && !filter.narrowed && <NoSites />}
      {empty && filter.narrowed && (
        <EmptyState
          icon={SearchX}
          title="No site matches"
          className="rounded-lg border border-dashed"
          action={
            <Button variant="outline" onClick={() => filter.clear()}>
              Clear the filter
            </Button>
          }
        >
          Try fewer words or another filter.
        </EmptyState>
      )}
      {total > 0 && (
        <SitesTable
          sites={sites}
          total={total}
          hrefOf={hrefOf}
          sort={filter.state.sort}
          onSort={(sort) => filter.setState({ sort })}
          selectable={maySelect}
          selection={selection}
          onSelect={select}
          onSelectAll={(all) => setSelection(new Set(all ? sites.map(({ id }) => id) : []))}
          onNearEnd={loadMore}
        />
      )}
      {selection.size > 0 && (
        <SelectionBar
          ids={selection}
          matching={total}
          loadingAll={loadingAll}
          onSelectMatching={selectMatching}
          onClear={() => setSelection(new Set())}
          onPlan={startPlan}
          planning={plan.isPending}
        />
      )}
      {importing && mayWrite && <ImportDialog onClose={() => setImporting(null)} />}
    </Page>
  );
}

function isSetUp({ hosts, sites, applies }: TeamDetail['progress']): boolean {
  return hosts > 0 && sites > 0 && applies > 0;
}
