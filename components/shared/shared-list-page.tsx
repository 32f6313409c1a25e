'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Globe } from 'lucide-react';
import Link from 'next/link';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { LoadMore } from '#components/kit/load-more';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Card } from '#components/ui/card';
import { presetTitles } from '#core/site/preset-titles';
import { sharingQueries } from '#queries/sharing';

/** A list of another team, as far as it is shared with this one. */
export function SharedListPage({ id }: { id: string }) {
  const team = useTeam();
  const page = useInfiniteQuery(sharingQueries.get(team.slug, id));
  const list = page.data?.pages[0]?.list;
  const sites = page.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page>
      <PageHeader
        title={list?.name ?? 'Shared list'}
        parents={[{ label: 'Lists', href: `/${team.slug}/lists` }]}
        badges={list && <Badge>{list.level === 'edit' ? 'You may edit' : 'To look at'}</Badge>}
        description={list && `Shared by ${list.owner}. ${list.description}`}
      />
      {page.isPending && <RowsSkeleton rows={4} />}
      {page.isError && <ErrorState error={page.error} onRetry={() => page.refetch()} />}
      {page.isSuccess && sites.length === 0 && (
        <EmptyState
          icon={Globe}
          title="No site is on this list"
          className="rounded-lg border border-dashed"
        />
      )}
      {sites.length > 0 && (
        <Card>
          <ul className="divide-y">
            {sites.map((site) => (
              <li
                key={site.id}
                className="relative flex items-center gap-3 px-4 py-2.5 text-sm first:rounded-t-lg last:rounded-b-lg hover:bg-accent/50"
              >
                <div className="min-w-0 flex-1">
                  <Link
                    href={`/${team.slug}/shared/${id}/${site.id}`}
                    className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 after:content-['']"
                  >
                    {site.name}
                  </Link>
                  <p className="truncate text-muted-foreground text-xs">{site.publicUrl}</p>
                </div>
                <span className="shrink-0 text-muted-foreground text-xs">{presetTitles[site.preset]}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <LoadMore query={page} />
    </Page>
  );
}
