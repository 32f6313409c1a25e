'use client';
import { useQuery } from '@tanstack/react-query';
import { Link2Off } from 'lucide-react';
import { useState } from 'react';
import { ProblemError } from '#api/problem-error';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { Logo } from '#components/kit/logo';
import { RelativeTime } from '#components/kit/relative-time';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { sharingQueries } from '#queries/sharing';

const pageSize = 200;

/** A list as a link shows it: to read, for anybody who has the link. */
export function LinkedListPage({ token }: { token: string }) {
  const list = useQuery({ ...sharingQueries.link(token), refetchOnWindowFocus: true });
  const [shown, setShown] = useState(pageSize);
  const ended = list.error instanceof ProblemError && list.error.problem.status === 404;
  const sites = list.data?.sites ?? [];
  return (
    <main className="mx-auto flex w-full max-w-4xl flex-col gap-5 px-4 py-8 sm:px-6">
      <div className="flex items-center gap-2 text-muted-foreground text-sm">
        <Logo /> Gatehouse
      </div>
      {!ended && (
        <div>
          <h1 className="font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">
            {list.data?.name ?? 'Shared list'}
          </h1>
          {list.data?.description && <p className="text-muted-foreground text-sm">{list.data.description}</p>}
        </div>
      )}
      {list.isPending && <RowsSkeleton rows={4} />}
      {ended && (
        <div className="flex flex-col items-center">
          <h1 className="sr-only">Shared list</h1>
          <EmptyState icon={Link2Off} title="This link no longer works">
            It has expired or was taken back. Ask the person who sent it for a new one.
          </EmptyState>
        </div>
      )}
      {list.isError && !ended && <ErrorState error={list.error} onRetry={() => list.refetch()} />}
      {list.isSuccess && !ended && (
        <>
          <p className="text-muted-foreground text-sm">
            {sites.length.toLocaleString('en')} {sites.length === 1 ? 'site' : 'sites'}. The link expires{' '}
            <RelativeTime at={list.data.expiresAt} />.
          </p>
          {sites.length > 0 && (
            <Card>
              <ul className="divide-y">
                {sites.slice(0, shown).map((site) => (
                  <li
                    key={site.name}
                    className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm"
                  >
                    <span className="min-w-40 flex-1 font-medium [overflow-wrap:anywhere]">{site.name}</span>
                    <span className="text-muted-foreground">{site.ciServer}</span>
                    <a
                      href={site.publicUrl}
                      rel="noreferrer nofollow"
                      className="basis-full [overflow-wrap:anywhere] hover:underline"
                    >
                      {site.publicUrl}
                    </a>
                    {site.hostnames.length > 1 && (
                      <span className="basis-full text-muted-foreground text-xs [overflow-wrap:anywhere]">
                        {site.hostnames.slice(1).join(', ')}
                      </span>
                    )}
                  </li>
                ))}
              </ul>
            </Card>
          )}
          {sites.length > shown && (
            <Button variant="outline" className="mx-auto" onClick={() => setShown(shown + pageSize)}>
              Show more
            </Button>
          )}
        </>
      )}
    </main>
  );
}
