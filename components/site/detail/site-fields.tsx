'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card, CardHeader, CardTitle } from '#components/ui/card';
import { siteQueries } from '#queries/sites';

/** The fields that differ from their defaults, or all: each with its value, who gave it that, when, and why. */
export function SiteFields({ siteId }: { siteId: string }) {
  const team = useTeam();
  const [all, setAll] = useQueryState('all', parseAsBoolean.withDefault(false));
  const fields = useQuery(siteQueries.blame(team.slug, siteId));
  if (fields.isPending) return <RowsSkeleton rows={6} />;
  if (fields.isError) return <ErrorState error={fields.error} onRetry={() => fields.refetch()} />;
  const { items } = fields.data;
  const set = items.filter(({ isDefault }) => !isDefault);
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <CardTitle>
          {all ? `All ${items.length} fields` : `${set.length} fields with a value of their own`}
        </CardTitle>
        <Button variant="outline" size="sm" aria-pressed={all} onClick={() => setAll(!all)}>
          {all ? 'Hide defaults' : `Show all ${items.length}`}
        </Button>
      </CardHeader>
      <ul aria-label="Fields" className="divide-y">
        {(all ? items : set).map(({ path, field, value, revision, message, author, at }) => (
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
              {message && <span className="block [overflow-wrap:anywhere]">“{message}”</span>}
            </span>
          </li>
        ))}
        {fields.data.more > 0 && (
          <li className="px-4 py-2 text-muted-foreground text-sm">
            {fields.data.more} more fields of this very large site are not shown.
          </li>
        )}
      </ul>
    </Card>
  );
}
