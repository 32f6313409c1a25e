'use client';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { NotAllowed } from '#components/kit/not-allowed';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { siteQueries } from '#queries/sites';
import { EditorSkeleton } from './editor-skeleton';
import { LaterEditor, loadEditor } from './lazy-editor';
import { SyncBadge } from './sync-badge';

export function EditSitePage({ id }: { id: string }) {
  const team = useTeam();
  // The editor keeps the state it began with; a refetch must not change what somebody is typing over.
  const site = useQuery({ ...siteQueries.get(team.slug, id), refetchOnWindowFocus: false });
  const mayWrite = team.can('sites.write');
  useEffect(() => {
    if (mayWrite) loadEditor();
  }, [mayWrite]);
  if (!mayWrite) return <NotAllowed what="edit sites" />;
  const header = (
    <PageHeader
      title={site.data?.name ?? 'Site'}
      badges={site.data && <SyncBadge site={site.data} />}
      description={site.data && `Editing from revision ${site.data.head}`}
      parents={[
        { label: 'Sites', href: `/${team.slug}/sites` },
        ...(site.data ? [{ label: site.data.name, href: `/${team.slug}/sites/${id}` }] : []),
      ]}
    />
  );
  return (
    <Page wide>
      {!site.data && header}
      {site.isPending && <EditorSkeleton />}
      {site.isError && <ErrorState error={site.error} onRetry={() => site.refetch()} />}
      {site.data && (
        <Suspense
          fallback={
            <>
              {header}
              <EditorSkeleton />
            </>
          }
        >
          <LaterEditor header={header} site={site.data} start={site.data.document} />
        </Suspense>
      )}
    </Page>
  );
}
