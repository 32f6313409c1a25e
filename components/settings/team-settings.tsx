'use client';
import { NotAllowed } from '#components/kit/not-allowed';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { useUpdateTeam } from '#queries/team';
import { TeamNameForm } from '../kit/team-name-form';
import { FactorPolicy } from './factor-policy';

/** What concerns the team as a whole. */
export function TeamSettings() {
  const team = useTeam();
  const update = useUpdateTeam(team.slug);
  if (!team.can('team.manage')) return <NotAllowed what="change the team" />;
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <CardHeader>
          <div className="py-1">
            <CardTitle>Team</CardTitle>
            <CardDescription>
              Addresses keep <code>/{team.slug}</code>, so that links keep working.
            </CardDescription>
          </div>
        </CardHeader>
        <CardContent>
          <TeamNameForm
            key={team.name}
            name={team.name}
            action="Rename"
            pending={update.isPending}
            error={update.error}
            onSave={(name) =>
              update.mutate({ name }, { onSuccess: () => toast.success(`The team is now called ${name}`) })
            }
          />
        </CardContent>
      </Card>
      <FactorPolicy />
    </div>
  );
}
