'use client';
import { useRouter } from 'next/navigation';
import { useTeam } from '#components/kit/team-context';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { useCreateTeam } from '#queries/team';
import { AdministratorsOnly } from '../kit/administrators-only';
import { TeamNameForm } from '../kit/team-name-form';

/** A further team, with its own sites, hosts and members. */
export function NewTeam() {
  const { user } = useTeam();
  const router = useRouter();
  const create = useCreateTeam();
  if (!user.administrator) return <AdministratorsOnly />;
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>New team</CardTitle>
          <CardDescription>
            You become its admin. Teams see nothing of each other, except lists they share.
          </CardDescription>
        </div>
      </CardHeader>
      <CardContent>
        <TeamNameForm
          name=""
          action="Create team"
          pending={create.isPending}
          error={create.error}
          onSave={(name) =>
            create.mutate({ name }, { onSuccess: ({ slug }) => router.push(`/${slug}/settings/members`) })
          }
        />
      </CardContent>
    </Card>
  );
}
