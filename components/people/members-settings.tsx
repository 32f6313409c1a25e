'use client';
import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardFooter, CardHeader, CardTitle } from '#components/ui/card';
import { teamQueries } from '#queries/team';
import { type AskedMember, MemberRow } from './member-row';
import { OpenInvitations } from './open-invitations';

const InviteDialog = later(() => import('./invite-dialog').then((module) => module.InviteDialog));
const EndMembershipDialog = later(() =>
  import('./end-membership-dialog').then((module) => module.EndMembershipDialog),
);

/** Who belongs to the team, and, for admins, who is invited. */
export function MembersSettings() {
  const team = useTeam();
  const detail = useQuery(teamQueries.get(team.slug));
  const [inviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<AskedMember | null>(null);
  const manages = team.can('members.manage');
  if (detail.isPending) return <RowsSkeleton rows={4} />;
  if (detail.isError) return <ErrorState error={detail.error} onRetry={() => detail.refetch()} />;
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <CardHeader>
          <div className="py-1">
            <CardTitle>Members of {detail.data.name}</CardTitle>
            <CardDescription>
              {detail.data.members.length === 1 ? '1 person' : `${detail.data.members.length} people`}. A
              change of role counts at once.
            </CardDescription>
          </div>
          {manages && (
            <Button size="sm" onClick={() => setInviting(true)}>
              <UserPlus />
              Invite
            </Button>
          )}
        </CardHeader>
        <ul className="divide-y">
          {detail.data.members.map((member) => (
            <MemberRow key={member.person.id} member={member} onEnd={setEnding} />
          ))}
        </ul>
        <CardFooter>
          <Button
            variant="outline"
            size="sm"
            onClick={() => setEnding({ id: team.user.id, name: team.user.name })}
          >
            Leave {team.name}
          </Button>
        </CardFooter>
      </Card>
      {manages && <OpenInvitations />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {ending && <EndMembershipDialog member={ending} onClose={() => setEnding(null)} />}
    </div>
  );
}
