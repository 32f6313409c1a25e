'use client';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Switch } from '#components/ui/switch';
import { useUpdateSite } from '#queries/sites';

/** Takes a site off one target, or lets it run there again; the host follows with the next apply. */
export function RunsHereSwitch({ site, targetId }: { site: SiteDetail; targetId: string }) {
  const team = useTeam();
  const update = useUpdateSite(team.slug, site.id);
  const target = site.targets.find((each) => each.targetId === targetId);
  if (!target) return null;
  const { hostName, removing, appliedRevision } = target;
  const stay = site.targets.filter((each) => !each.removing).map((each) => each.targetId);
  const change = (on: boolean) =>
    update.mutate(
      {
        document: site.document,
        targetIds: on ? [...stay, targetId] : stay.filter((id) => id !== targetId),
        message: on ? `Run on ${hostName}` : `Take off ${hostName}`,
        head: site.head,
      },
      {
        onSuccess: () =>
          toast.success(
            on ? `${site.name} stays on ${hostName}` : `${site.name} is to be taken off ${hostName}`,
            {
              description:
                on || appliedRevision === null
                  ? 'Nothing on the host changes.'
                  : 'Its files are there until that is planned and applied.',
            },
          ),
      },
    );
  return (
    <>
      <Switch
        aria-label={`Runs on ${hostName}`}
        checked={!removing}
        disabled={update.isPending || !team.can('sites.write')}
        onCheckedChange={change}
      />
      {update.isError && <ErrorState error={update.error} className="mt-2" />}
    </>
  );
}
