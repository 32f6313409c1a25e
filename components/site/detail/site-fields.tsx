'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ErrorState } from '#components/shell/error-state';
import { RelativeTime } from '#components/shell/relative-time';
import { RowsSkeleton } from '#components/shell/rows-skeleton';
import { useTeam } from '#components/shell/team-context';
import { Card } from '#components/ui/card';
import { siteQueries } from '#queries/sites';

/** Every field that is set: its value, who gave it that, when, and why. */
export function SiteFields({ siteId }: { siteId: string }) {
  const team = useTeam();
  const fields = useQuery(siteQueries.blame(team.slug, siteId));
  if (fields.isPending) return <RowsSkeleton rows={6} />;
  if (fields.isError) return <ErrorState error={fields.error} onRetry={() => fields.refetch()} />;
  return (
    <Card>
      <ul aria-label="Fields" className="divide-y">
        {fields.data.items.map(({ path, field, value, revision, message, author, at }) => (
          <li key={path} className="grid gap-x-4 gap-y-0.5 px-4 py-2 text-sm md:grid-cols-[2fr_2fr_1.5fr]">
            <span className="font-medium [overflow-wrap:anywhere]">{field}</span>
            <span className="[overflow-wrap:anywhere]">{value}</span>
            <span className="text-muted-foreground text-xs md:text-right">
              <Link
                href={`/${team.slug}/sites/${siteId}?tab=revisions&to=${revision}`}
                className="rounded-sm text-foreground underline underline-offset-2"
              >
                Revision {revision}
              </Link>{' '}
              by {author?.name ?? 'somebody'}, <RelativeTime at={at} />
              {message && <span className="block truncate">“{message}”</span>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
