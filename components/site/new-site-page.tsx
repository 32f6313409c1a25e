'use client';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { later } from '#components/kit/lazy-component';
import { NotAllowed } from '#components/kit/not-allowed';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { presetIds } from '#core/site/preset-titles';
import { EditorSkeleton } from './editor-skeleton';

/** The page while the form's script is on its way. */
function Waiting() {
  const team = useTeam();
  return (
    <>
      <PageHeader title="New site" parents={[{ label: 'Sites', href: `/${team.slug}/sites` }]} />
      <EditorSkeleton />
    </>
  );
}

const NewSite = later(() => import('./new-site').then((module) => module.NewSite), Waiting);

export function NewSitePage() {
  const team = useTeam();
  const [beginning] = useQueryStates({
    preset: parseAsStringLiteral(presetIds),
    from: parseAsString,
    template: parseAsString,
  });
  if (!team.can('sites.write')) return <NotAllowed what="make sites" />;
  return (
    <Page wide>
      <NewSite {...beginning} />
    </Page>
  );
}
