'use client';
import { useQuery } from '@tanstack/react-query';
import { Check, CircleCheck, EyeOff } from 'lucide-react';
import Link from 'next/link';
import type { DriftDetail } from '#api/contract/drift';
import { ProblemError } from '#api/problem-error';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { driftQueries } from '#queries/drift';
import { PathText } from '../diff/path-text';
import { plainOutput } from '../diff/visible-text';
import { serverTitle } from '../kit/server-title';
import { AdoptPanel } from './adopt-panel';
import { DriftActions } from './drift-actions';
import { DriftBadge } from './drift-badge';
import { DriftDiff } from './drift-diff';
import { driftSentence } from './drift-words';

/** One drifted file: what was applied, what is there, what an apply would write, and what to do. */
export function DriftPage({ id }: { id: string }) {
  const team = useTeam();
  const file = useQuery(driftQueries.get(team.slug, id));
  const parents = [{ label: 'Drift', href: `/${team.slug}/drift` }];
  if (file.error instanceof ProblemError && file.error.problem.code === 'not-found') {
    return (
      <Page>
        <PageHeader title="Drift" parents={parents} />
        <Card>
          <EmptyState
            icon={CircleCheck}
            title="Nothing differs here"
            action={
              <Button asChild variant="outline">
                <Link href={`/${team.slug}/drift`}>To the inbox</Link>
              </Button>
            }
          >
            The file is as it was left, or somebody has reverted it.
          </EmptyState>
        </Card>
      </Page>
    );
  }
  if (file.data) return <Detail file={file.data} />;
  return (
    <Page>
      {file.isError ? (
        <>
          <PageHeader title="Drift" parents={parents} />
          <ErrorState error={file.error} onRetry={() => file.refetch()} />
        </>
      ) : (
        <>
          <h1 className="sr-only">Drift</h1>
          <div role="status" className="flex flex-col gap-5">
            <span className="sr-only">Loading the file</span>
            <Skeleton className="h-10 w-80" />
            <Skeleton className="h-24" />
            <Skeleton className="h-96" />
          </div>
        </>
      )}
    </Page>
  );
}

function Detail({ file }: { file: DriftDetail }) {
  const team = useTeam();
  const { decision, site } = file;
  return (
    <Page>
      <PageHeader
        title={<PathText path={file.path} />}
        badges={
          <>
            <DriftBadge state={file.state} />
            {decision && (
              <Badge tone="neutral">
                {decision.kind === 'ignored' ? <EyeOff aria-hidden /> : <Check aria-hidden />}
                {decision.kind === 'ignored' ? 'Ignored' : 'Accepted'}
              </Badge>
            )}
          </>
        }
        parents={[{ label: 'Drift', href: `/${team.slug}/drift` }]}
        description={
          <>
            {serverTitle(file.server)} on{' '}
            <Link href={`/${team.slug}/hosts/${file.hostId}`} className="underline underline-offset-4">
              {file.hostName}
            </Link>
            {site && (
              <>
                {' · site '}
                <Link href={`/${team.slug}/sites/${site.id}`} className="underline underline-offset-4">
                  {site.name}
                </Link>
              </>
            )}
            {' · '}seen <RelativeTime at={file.changedAt} />, confirmed <RelativeTime at={file.lastSeenAt} />
          </>
        }
      />
      <DriftActions file={file} sentence={plainOutput(driftSentence(file))} />
      <AdoptPanel file={file} />
      <DriftDiff file={file} />
    </Page>
  );
}
