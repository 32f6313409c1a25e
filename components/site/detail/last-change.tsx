'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { SiteDetail } from '#api/contract/sites';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { describeChanges } from '#core/site/describe-changes';
import { siteQueries } from '#queries/sites';
import { FieldChanges } from '../../diff/field-changes';

/** As many changed fields as are named here; the revisions have them all. */
const most = 6;

/** Who saved the newest revision, when, why, and what it changed. */
export function LastChange({ site }: { site: SiteDetail }) {
  const team = useTeam();
  const { head } = site;
  const newest = useQuery(siteQueries.revision(team.slug, site.id, head));
  const before = useQuery({
    ...siteQueries.revision(team.slug, site.id, Math.max(1, head - 1)),
    enabled: head > 1,
  });
  if (newest.isError || before.isError) return null;
  if (!newest.data || (head > 1 && !before.data)) return <Skeleton className="h-32" />;
  const { author, createdAt, message, document } = newest.data;
  const changes = before.data ? describeChanges(before.data.document, document) : [];
  return (
    <Card>
      <CardHeader>
        <CardTitle>Changed last</CardTitle>
        <Link
          href={`/${team.slug}/sites/${site.id}?tab=revisions`}
          className="text-brand text-xs underline-offset-4 hover:underline"
        >
          {head === 1 ? 'The revision' : `All ${head} revisions`}
        </Link>
      </CardHeader>
      <CardContent className="flex flex-col gap-2 text-sm">
        <p className="[overflow-wrap:anywhere]">
          {author?.name ?? 'Somebody'} saved revision {head} <RelativeTime at={createdAt} />
          {message && `: “${message}”`}
        </p>
        {head === 1 ? (
          <p className="text-muted-foreground">It is the first one.</p>
        ) : changes.length === 0 ? (
          <p className="text-muted-foreground">No field differs from revision {head - 1}; its hosts do.</p>
        ) : (
          <FieldChanges changes={changes.slice(0, most)} count={changes.length} />
        )}
      </CardContent>
    </Card>
  );
}
