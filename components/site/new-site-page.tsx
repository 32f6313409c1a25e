'use client';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo } from 'react';
import { ErrorState } from '#components/shell/error-state';
import { NotAllowed } from '#components/shell/not-allowed';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { useTeam } from '#components/shell/team-context';
import { type PresetId, presetIds } from '#core/presets/index';
import { defaultSite } from '#core/site/default-site';
import type { Site } from '#core/site/schema';
import { siteQueries } from '#queries/sites';
import { SiteEditor } from './editor/site-editor';
import { EditorSkeleton } from './editor-skeleton';

export function NewSitePage() {
  const team = useTeam();
  const [{ preset, from }] = useQueryStates({ preset: parseAsStringLiteral(presetIds), from: parseAsString });
  if (!team.can('sites.write')) return <NotAllowed what="make sites" />;
  return <Page wide>{from ? <ClonedSite id={from} /> : <EmptySite preset={preset} />}</Page>;
}

const header = (description: string, slug: string) => (
  <PageHeader
    title="New site"
    description={description}
    parents={[{ label: 'Sites', href: `/${slug}/sites` }]}
  />
);

function EmptySite({ preset }: { preset: PresetId | null }) {
  const team = useTeam();
  const start = useMemo(() => defaultSite(preset ?? (presetIds[0] as PresetId), '', ''), [preset]);
  return (
    <SiteEditor
      key={preset}
      site={null}
      start={start}
      header={header('One CI server under its public name.', team.slug)}
    />
  );
}

/** A new site that begins as another one, without its names: two sites cannot answer to the same. */
function ClonedSite({ id }: { id: string }) {
  const team = useTeam();
  const site = useQuery({ ...siteQueries.get(team.slug, id), refetchOnWindowFocus: false });
  const start = useMemo(() => site.data && withoutNames(site.data.document), [site.data]);
  const title = header(site.data ? `A clone of ${site.data.name}.` : 'A clone.', team.slug);
  if (site.isError) {
    return (
      <>
        {title}
        <ErrorState error={site.error} onRetry={() => site.refetch()} />
      </>
    );
  }
  if (!start) {
    return (
      <>
        {title}
        <EditorSkeleton />
      </>
    );
  }
  return <SiteEditor key={id} site={null} start={start} draftOf={`clone-${id}`} header={title} />;
}

const withoutNames = (document: Site): Site => ({
  ...document,
  name: `${document.name}-copy`.slice(0, 63),
  hostnames: [''],
  extraHosts: document.extraHosts.map((extra) => ({ ...extra, hostnames: [''] })),
});
