'use client';
import { useQuery } from '@tanstack/react-query';
import { Copy, Ellipsis, ListChecks, Pencil, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { toast } from '#components/shell/toast';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/shell/error-state';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { StatusBadge } from '#components/shell/status-badge';
import { useTeam } from '#components/shell/team-context';
import { Button } from '#components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';
import { Skeleton } from '#components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs';
import { useCreatePlan } from '#queries/plans';
import { siteQueries } from '#queries/sites';
import { copyText } from '../../shell/copy-text';
import { documentText } from '../document-text';
import { PlanFailure } from '../plan-failure';
import { SyncBadge } from '../sync-badge';
import { DeleteSiteDialog } from './delete-site-dialog';
import { SiteApplies } from './site-applies';
import { SiteOverview } from './site-overview';
import { SiteRevisions } from './site-revisions';

const tabs = ['overview', 'revisions', 'applies'] as const;

export function SitePage({ id }: { id: string }) {
  const team = useTeam();
  const site = useQuery({ ...siteQueries.get(team.slug, id), refetchInterval: 30_000 });
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('overview'));
  return (
    <Page>
      <SiteHeader id={id} site={site.data} />
      {site.isPending && <Skeleton className="h-72" />}
      {site.isError && <ErrorState error={site.error} onRetry={() => site.refetch()} />}
      {site.data && (
        <Tabs value={tab} onValueChange={(next) => setTab(next as (typeof tabs)[number])} className="gap-5">
          <TabsList aria-label="Site">
            <TabsTrigger value="overview">Overview</TabsTrigger>
            <TabsTrigger value="revisions">
              Revisions <span className="text-muted-foreground tabular-nums">{site.data.head}</span>
            </TabsTrigger>
            <TabsTrigger value="applies">Applies</TabsTrigger>
          </TabsList>
          <TabsContent value="overview">
            <SiteOverview site={site.data} />
          </TabsContent>
          <TabsContent value="revisions">
            <SiteRevisions site={site.data} />
          </TabsContent>
          <TabsContent value="applies">
            <SiteApplies siteId={id} />
          </TabsContent>
        </Tabs>
      )}
    </Page>
  );
}

function SiteHeader({ id, site }: { id: string; site: SiteDetail | undefined }) {
  const team = useTeam();
  const router = useRouter();
  const plan = useCreatePlan(team.slug);
  const [deleting, setDeleting] = useState(false);
  const startPlan = () =>
    plan.mutate({ siteIds: [id] }, { onSuccess: (made) => router.push(`/${team.slug}/plans/${made.id}`) });
  const copyDocument = async () => {
    const done = site && (await copyText(await documentText(site.document)));
    if (done) toast.success('The site document is in the clipboard');
    else toast.error('The browser did not allow copying');
  };
  const behind = site?.sync !== 'in-sync';
  return (
    <>
      <PageHeader
        title={site?.name ?? 'Site'}
        parents={[{ label: 'Sites', href: `/${team.slug}/sites` }]}
        badges={
          site && (
            <>
              <SyncBadge site={site} />
              <StatusBadge kind="health" status={site.health} />
            </>
          )
        }
        description={
          site && (
            <a
              href={site.publicUrl}
              target="_blank"
              rel="noreferrer"
              className="[overflow-wrap:anywhere] hover:text-foreground hover:underline"
            >
              {site.publicUrl}
            </a>
          )
        }
        actions={
          site && (
            <>
              {team.can('sites.write') && (
                <Button asChild variant="outline">
                  <Link href={`/${team.slug}/sites/${id}/edit`}>
                    <Pencil />
                    Edit
                  </Link>
                </Button>
              )}
              {team.can('plans.create') && site.targets.length > 0 && (
                <Button variant={behind ? 'default' : 'outline'} onClick={startPlan} pending={plan.isPending}>
                  <ListChecks />
                  Plan changes
                </Button>
              )}
              <DropdownMenu>
                <DropdownMenuTrigger asChild>
                  <Button variant="outline" size="icon" aria-label="More">
                    <Ellipsis />
                  </Button>
                </DropdownMenuTrigger>
                <DropdownMenuContent align="end">
                  <DropdownMenuItem onSelect={copyDocument}>
                    <Copy />
                    Copy as YAML
                  </DropdownMenuItem>
                  {team.can('sites.write') && (
                    <>
                      <DropdownMenuSeparator />
                      <DropdownMenuItem variant="destructive" onSelect={() => setDeleting(true)}>
                        <Trash2 />
                        Delete site
                      </DropdownMenuItem>
                    </>
                  )}
                </DropdownMenuContent>
              </DropdownMenu>
            </>
          )
        }
      />
      {plan.isError && <PlanFailure error={plan.error} onRetry={startPlan} onDismiss={plan.reset} />}
      {site && <DeleteSiteDialog site={site} open={deleting} onOpenChange={setDeleting} />}
    </>
  );
}
