'use client';
import { useQuery } from '@tanstack/react-query';
import { FieldChanges } from '#components/diff/field-changes';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Skeleton } from '#components/ui/skeleton';
import { defaultSite } from '#core/presets/default-site';
import { describeChanges } from '#core/site/describe-changes';
import type { FieldChange } from '#core/site/field-change';
import type { Site } from '#core/site/schema';
import { templateOf } from '#core/site/site-template';
import { templateQueries } from '#queries/templates';

/** What a template sets otherwise than a new site of the same preset has it. */
export function TemplateSettings({ id }: { id: string }) {
  const team = useTeam();
  const template = useQuery(templateQueries.get(team.slug, id));
  if (template.isError) return <ErrorState error={template.error} onRetry={() => template.refetch()} />;
  if (!template.data) return <Skeleton className="h-10" />;
  const changes = ownSettings(template.data.document);
  if (changes.length === 0)
    return <p className="text-muted-foreground">Everything is as in any new site of this CI server.</p>;
  return <FieldChanges changes={changes} />;
}

function ownSettings(document: Site): FieldChange[] {
  const usual = templateOf(defaultSite(document.preset, 'site', 'site.example.com'));
  const [before, after] = [portOf(usual), portOf(document)];
  const port: FieldChange = { path: 'port', field: 'Upstream port', kind: 'changed', before, after };
  // An upstream that is yet to be filled in tells nothing but its port.
  const others = describeChanges(usual, document).filter(({ path }) => !path.includes('.servers[fill-in'));
  return after === null || before === after ? others : [port, ...others];
}

function portOf({ upstreams }: Site): string | null {
  const server = upstreams[0]?.servers[0];
  return server && 'port' in server ? String(server.port) : null;
}
