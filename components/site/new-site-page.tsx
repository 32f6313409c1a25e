'use client';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { NotAllowed } from '#components/shell/not-allowed';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { useTeam } from '#components/shell/team-context';
import { type PresetId, presetIds } from '#core/presets/index';
import { defaultSite } from '#core/site/default-site';
import { SiteEditor } from './editor/site-editor';

export function NewSitePage() {
  const team = useTeam();
  const [preset] = useQueryState('preset', parseAsStringLiteral(presetIds));
  const start = useMemo(() => defaultSite(preset ?? (presetIds[0] as PresetId), '', ''), [preset]);
  if (!team.can('sites.write')) return <NotAllowed what="make sites" />;
  return (
    <Page wide>
      <SiteEditor
        key={preset}
        site={null}
        start={start}
        header={
          <PageHeader
            title="New site"
            description="One CI server under its public name."
            parents={[{ label: 'Sites', href: `/${team.slug}/sites` }]}
          />
        }
      />
    </Page>
  );
}
