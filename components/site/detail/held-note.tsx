'use client';
import Link from 'next/link';
import type { SiteDetail } from '#api/contract/sites';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { useLiftHold } from '#queries/sites';

/** The head was undone on a host: who did it, and the way to plan it again. */
export function HeldNote({
  site,
  held,
}: {
  site: SiteDetail;
  held: NonNullable<SiteDetail['targets'][number]['held']>;
}) {
  const team = useTeam();
  const lift = useLiftHold(team.slug, site.id);
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2 text-muted-foreground text-xs">
      <span>
        Held: {held.by?.name ?? 'a former member'}{' '}
        {held.applyId ? (
          <Link href={`/${team.slug}/applies/${held.applyId}`} className="text-brand hover:underline">
            undid revision {held.head}
          </Link>
        ) : (
          `undid revision ${held.head}`
        )}{' '}
        <RelativeTime at={held.at} />
      </span>
      {team.can('sites.write') && (
        <Button
          variant="link"
          size="sm"
          className="h-auto p-0"
          pending={lift.isPending}
          onClick={() => lift.mutate()}
        >
          Lift the hold
        </Button>
      )}
    </div>
  );
}
