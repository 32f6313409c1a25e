'use client';
import { useQuery } from '@tanstack/react-query';
import { Ellipsis, ExternalLink, ListChecks, Pencil } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { lazy, useEffect, useState } from 'react';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { OnDemandMenu } from '#components/kit/on-demand-menu';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { Button, buttonVariants } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs';
import { useCreatePlan } from '#queries/plans';
import { siteQueries } from '#queries/sites';
import { HealthBadge } from '../health-badge';
import { PlanFailure } from '../plan-failure';
import { SyncBadge } from '../sync-badge';

const OverviewSkeleton = () => <Skeleton className="h-72" />;
const loadOverview = () => import('./site-overview').then((module) => module.SiteOverview);
const SiteOverview = later(loadOverview, OverviewSkeleton);
const loadMenu = () => import('./site-menu');
const SiteMenu = lazy(async () => ({ default: (await loadMenu()).SiteMenu }));
const DeleteSiteDialog = later(() =>
  import('./delete-site-dialog').then((module) => module.DeleteSiteDialog),
);
const SaveTemplateDialog = later(() =>
  import('../../template/save-template-dialog').then((module) => module.SaveTemplateDialog),
);
const SiteApplies = later(() => import('./site-applies').then((module) => module.SiteApplies));
const SiteFields = later(() => import('./site-fields').then((module) => module.SiteFields));
const TryRequest = later(() => import('../explain/try-request').then((module) => module.TryRequest));
const SiteRevisions = later(() => import('./site-revisions').then((module) => module.SiteRevisions));

const tabs = ['overview', 'revisions', 'fields', 'applies', 'try'] as const;

export function SitePage({ id }: { id: string }) {
  const team = useTeam();
  const site = useQuery({ ...siteQueries.get(team.slug, id), refetchInterval: 30_000 });
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('overview'));
  // Beside the site itself, not after it.
  useEffect(() => void loadOverview(), []);
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
            <TabsTrigger value="fields">Fields</TabsTrigger>
            <TabsTrigger value="applies">Applies</TabsTrigger>
            <TabsTrigger value="try">Try a request</TabsTrigger>
          </TabsList>
          <TabsContent value="overview">
            <SiteOverview site={site.data} />
          </TabsContent>
          <TabsContent value="revisions">
            <SiteRevisions site={site.data} />
          </TabsContent>
          <TabsContent value="fields">
            <SiteFields siteId={id} />
          </TabsContent>
          <TabsContent value="applies">
            <SiteApplies siteId={id} />
          </TabsContent>
          <TabsContent value="try">
            <Card className="max-w-4xl">
              <CardHeader>
                <CardTitle>Try a request</CardTitle>
              </CardHeader>
              <CardContent>
                <TryRequest site={site.data.document} server={site.data.targets[0]?.server ?? 'nginx'} />
              </CardContent>
            </Card>
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
  const [templating, setTemplating] = useState(false);
  const startPlan = () =>
    plan.mutate({ siteIds: [id] }, { onSuccess: (made) => router.push(`/${team.slug}/plans/${made.id}`) });
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
              <HealthBadge site={site} />
            </>
          )
        }
        description={
          site && (
            <a
              href={site.publicUrl}
              target="_blank"
              rel="noreferrer"
              className="inline-flex max-w-full items-center gap-1.5 text-foreground underline-offset-4 hover:underline"
            >
              <span className="min-w-0 [overflow-wrap:anywhere]">{site.publicUrl}</span>
              <ExternalLink className="size-3.5 shrink-0 text-muted-foreground" aria-hidden />
              <span className="sr-only">, opens in a new tab</span>
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
              <OnDemandMenu
                preload={loadMenu}
                menu={(trigger) => (
                  <SiteMenu
                    trigger={trigger}
                    site={site}
                    onTemplate={() => setTemplating(true)}
                    onDelete={() => setDeleting(true)}
                  />
                )}
                className={buttonVariants({ variant: 'outline', size: 'icon' })}
              >
                <Ellipsis aria-hidden />
                <span className="sr-only">More</span>
              </OnDemandMenu>
            </>
          )
        }
      />
      {plan.isError && <PlanFailure error={plan.error} onRetry={startPlan} onDismiss={plan.reset} />}
      {site && templating && <SaveTemplateDialog site={site} onClose={() => setTemplating(false)} />}
      {site && deleting && <DeleteSiteDialog site={site} open={deleting} onOpenChange={setDeleting} />}
    </>
  );
}
