'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { FileDiff, Globe } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsArrayOf, parseAsString, useQueryState } from 'nuqs';
import type { SiteSummary } from '#api/contract/sites';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Checkbox } from '#components/ui/checkbox';
import { Input } from '#components/ui/input';
import { useCreatePlan } from '#queries/plans';
import { siteQueries } from '#queries/sites';
import { list } from '../diff/change-text';
import { ListSkeleton } from '../kit/list-skeleton';
import { syncLooks } from '../kit/looks/sync-looks';

const heldBy = ({ targets }: SiteSummary) => {
  const held = targets.find((target) => target.held)?.held;
  return held ? ` · held: ${held.by?.name ?? 'a former member'} undid revision ${held.head}` : '';
};

/** Whether anything of a site waits for a plan. What was undone does not: it comes back when somebody says so. */
const isWanted = ({ sync, targets }: SiteSummary) =>
  sync !== 'in-sync' && targets.some((target) => target.sync !== 'in-sync' && target.held === null);

/** Choose sites, read their hosts, and get to the review. */
export function NewPlan() {
  const team = useTeam();
  const router = useRouter();
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''));
  const [chosen, setChosen] = useQueryState('sites', parseAsArrayOf(parseAsString));
  const sites = useInfiniteQuery(siteQueries.list(team.slug, search ? { search } : {}));
  const create = useCreatePlan(team.slug);
  const items = sites.data?.pages.flatMap((page) => page.items) ?? [];
  const runnable = items.filter((site) => site.targets.length > 0);
  // What is not live yet is what somebody most likely came for.
  const selected = new Set(chosen ?? runnable.filter(isWanted).map((site) => site.id));
  const choose = (id: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    void setChosen([...next]);
  };
  const start = () =>
    create.mutate(
      { siteIds: [...selected] },
      { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
    );
  return (
    <Page>
      <PageHeader
        title="New plan"
        parents={[{ label: 'Plans', href: `/${team.slug}/plans` }]}
        description="The hosts are read now. Nothing is written."
        actions={
          <Button
            onClick={start}
            pending={create.isPending}
            disabled={selected.size === 0 || !team.can('plans.create')}
          >
            <FileDiff />
            {create.isPending
              ? 'Reading the hosts'
              : `Plan ${selected.size} ${selected.size === 1 ? 'site' : 'sites'}`}
          </Button>
        }
      />
      {create.isError && <ErrorState error={create.error} onRetry={start} />}
      <Input
        type="search"
        data-page-search
        aria-label="Search sites"
        placeholder="Search sites"
        value={search}
        onChange={(event) => void setSearch(event.target.value || null)}
        className="max-w-sm"
      />
      {sites.isPending && <ListSkeleton what="sites" />}
      {sites.isError && <ErrorState error={sites.error} onRetry={() => sites.refetch()} />}
      {sites.isSuccess && items.length === 0 && (
        <Card>
          <EmptyState
            icon={Globe}
            title={search ? 'No site matches' : 'There is no site to plan yet'}
            action={
              !search && (
                <Button asChild>
                  <Link href={`/${team.slug}/sites/new`}>New site</Link>
                </Button>
              )
            }
          >
            {search ? 'Try another word.' : 'Make a site first; then plan it here.'}
          </EmptyState>
        </Card>
      )}
      {items.length > 0 && (
        <Card className="overflow-hidden">
          <ul aria-label="Sites" className="divide-y">
            {items.map((site) => (
              <SiteChoice
                key={site.id}
                site={site}
                checked={selected.has(site.id)}
                onChecked={(on) => choose(site.id, on)}
              />
            ))}
          </ul>
        </Card>
      )}
      {sites.hasNextPage && (
        <Button
          variant="outline"
          className="self-center"
          pending={sites.isFetchingNextPage}
          onClick={() => sites.fetchNextPage()}
        >
          Show more sites
        </Button>
      )}
    </Page>
  );
}

function SiteChoice({
  site,
  checked,
  onChecked,
}: {
  site: SiteSummary;
  checked: boolean;
  onChecked: (on: boolean) => void;
}) {
  const id = `plan-${site.id}`;
  const nowhere = site.targets.length === 0;
  return (
    <li className="flex min-h-12 items-center gap-3 px-4 py-2 text-sm">
      <Checkbox
        id={id}
        checked={checked}
        disabled={nowhere}
        onCheckedChange={(on) => onChecked(on === true)}
      />
      <label htmlFor={id} className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-0 flex-1 basis-40">
          <span className="block truncate font-medium">{site.name}</span>
          <span className="block truncate text-muted-foreground text-xs">
            {nowhere
              ? 'runs on no host yet: choose one in the site’s form'
              : `${site.hostnames.join(', ')} on ${list(site.targets.map((target) => target.hostName))}`}
            {heldBy(site)}
          </span>
        </span>
        <StatusBadge look={syncLooks[site.sync]} />
      </label>
    </li>
  );
}
