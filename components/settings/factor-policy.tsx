'use client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { teamQueries, useUpdateTeam } from '#queries/team';
import { fieldFaults } from '../kit/field-faults';

/** Whether members need a second factor. */
export function FactorPolicy() {
  const team = useTeam();
  const detail = useQuery(teamQueries.get(team.slug));
  const update = useUpdateTeam(team.slug);
  const faults = fieldFaults(update.error);
  const needed = team.secondFactorNeeded;
  const without = detail.data?.withoutSecondFactor ?? 0;
  const turn = () =>
    update.mutate(
      { secondFactorNeeded: !needed },
      {
        onSuccess: () =>
          toast.success(needed ? 'A password is enough again' : 'Every member needs a second factor'),
      },
    );
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Second factor for every member</CardTitle>
          <CardDescription>
            {needed
              ? 'On: members without one have no access to the team, by session or by token.'
              : 'Off: each member decides.'}
          </CardDescription>
        </div>
        <Button variant={needed ? 'outline' : 'default'} size="sm" pending={update.isPending} onClick={turn}>
          {needed ? 'Turn off' : 'Turn on'}
        </Button>
      </CardHeader>
      <CardContent className="flex flex-col gap-3">
        {faults.of.secondFactorNeeded && <Alert tone="danger" title={faults.of.secondFactorNeeded} />}
        {faults.rest && <ErrorState error={update.error} />}
        <p className="text-muted-foreground text-sm">
          {without === 0
            ? 'All members have set one up.'
            : `${without} of ${detail.data?.members.length ?? 0} members ${without === 1 ? 'has' : 'have'} none. They ${needed ? 'are' : 'would be'} led to set one up at their next click.`}
        </p>
      </CardContent>
    </Card>
  );
}
