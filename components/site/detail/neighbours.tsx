'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { SiteDetail } from '#api/contract/sites';
import { useTeam } from '#components/kit/team-context';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { siteQueries } from '#queries/sites';
import { serverTitle } from '../../kit/server-title';

/** As many neighbours as are named of each host. */
const most = 5;

/** What a site shares: the web servers it runs in, and the other sites that a reload or an error there concerns too. */
export function Neighbours({ site }: { site: SiteDetail }) {
  const targets = site.targets.filter(({ removing }) => !removing);
  if (targets.length === 0) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Shared with other sites</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3 text-sm">
        {targets.slice(0, most).map((target) => (
          <OnTarget key={target.targetId} siteId={site.id} target={target} />
        ))}
        {targets.length > most && (
          <p className="text-muted-foreground text-xs">and {targets.length - most} more web servers</p>
        )}
      </CardContent>
    </Card>
  );
}

function OnTarget({ siteId, target }: { siteId: string; target: SiteDetail['targets'][number] }) {
  const team = useTeam();
  const sites = useInfiniteQuery(siteQueries.list(team.slug, { hostId: target.hostId, limit: 50 }));
  const rows = sites.data?.pages.flatMap(({ items }) => items);
  const where = `${serverTitle(target.server)} on ${target.hostName}`;
  if (sites.isError)
    return <p className="text-muted-foreground">{where}: the other sites could not be loaded.</p>;
  if (!rows) return <Skeleton className="h-10" />;
  const others = rows.filter(
    ({ id, targets }) => id !== siteId && targets.some(({ targetId }) => targetId === target.targetId),
  );
  const more = sites.hasNextPage ? 'others' : `${others.length - most} more`;
  // Of a host with many sites only the first are loaded: among the others may be neighbours.
  if (others.length === 0 && !sites.hasNextPage)
    return <p className="text-muted-foreground">{where}: no other site of this team.</p>;
  return (
    <p className="[overflow-wrap:anywhere]">
      {where}:{' '}
      {others.slice(0, most).map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link href={`/${team.slug}/sites/${id}`} className="underline underline-offset-4">
            {name}
          </Link>
        </span>
      ))}
      {(others.length > most || sites.hasNextPage) && (
        <>
          {others.length > 0 && ' and '}
          <Link href={`/${team.slug}/sites?host=${target.hostId}`} className="underline underline-offset-4">
            {more}
          </Link>
        </>
      )}
    </p>
  );
}
