'use client';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { defaultSite } from '#core/presets/default-site';
import { type PresetId, presetIds } from '#core/presets/index';
import type { Site } from '#core/site/schema';
import { siteFromTemplate } from '#core/site/site-template';
import { siteQueries } from '#queries/sites';
import { templateQueries } from '#queries/templates';
import { SiteEditor } from './editor/site-editor';
import { EditorSkeleton } from './editor-skeleton';

interface Beginning {
  preset: PresetId | null;
  /** Id of the site to clone. */
  from: string | null;
  /** Id of the template to begin with. */
  template: string | null;
}

/** The form of a new site, from whatever it begins with. */
export function NewSite({ preset, from, template }: Beginning) {
  if (from) return <ClonedSite id={from} />;
  if (template) return <TemplatedSite id={template} />;
  return <EmptySite preset={preset} />;
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
  return (
    <StartedSite
      key={id}
      draftOf={`clone-${id}`}
      description={site.data ? `A clone of ${site.data.name}.` : 'A clone.'}
      start={start}
      source={site}
    />
  );
}

/** A new site that begins with the settings of a template. */
function TemplatedSite({ id }: { id: string }) {
  const team = useTeam();
  const template = useQuery({ ...templateQueries.get(team.slug, id), refetchOnWindowFocus: false });
  const start = useMemo(() => template.data && siteFromTemplate(template.data.document), [template.data]);
  return (
    <StartedSite
      key={id}
      draftOf={`template-${id}`}
      description={template.data ? `From the template ${template.data.name}.` : 'From a template.'}
      start={start}
      source={template}
    />
  );
}

interface StartedProps {
  draftOf: string;
  description: string;
  start: Site | undefined;
  source: { error: unknown; refetch: () => unknown };
}

/** A new site that begins with something that has to be asked for first. */
function StartedSite({ draftOf, description, start, source }: StartedProps) {
  const team = useTeam();
  const title = header(description, team.slug);
  if (start) return <SiteEditor site={null} start={start} draftOf={draftOf} header={title} />;
  return (
    <>
      {title}
      {source.error ? (
        <ErrorState error={source.error} onRetry={() => source.refetch()} />
      ) : (
        <EditorSkeleton />
      )}
    </>
  );
}

const withoutNames = (document: Site): Site => ({
  ...document,
  name: `${document.name}-copy`.slice(0, 63),
  hostnames: [''],
  aliases: { hostnames: [], plainHostnames: [] },
  extraHosts: document.extraHosts.map((extra) => ({ ...extra, hostnames: [''] })),
});
