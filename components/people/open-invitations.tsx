'use client';
import { useQuery } from '@tanstack/react-query';
import { MailOpen } from 'lucide-react';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { invitationQueries, useRevokeInvitation } from '#queries/invitations';
import { troubleOf } from '../kit/describe-error';

/** Links that somebody may still take. */
export function OpenInvitations() {
  const team = useTeam();
  const invitations = useQuery(invitationQueries.list(team.slug));
  const revoke = useRevokeInvitation(team.slug);
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Open invitations</CardTitle>
          <CardDescription>
            Links that nobody has used yet. Revoke any that went to the wrong person.
          </CardDescription>
        </div>
      </CardHeader>
      {invitations.isPending && <Skeleton className="m-4 h-12" />}
      {invitations.isError && (
        <div className="p-4">
          <ErrorState error={invitations.error} onRetry={() => invitations.refetch()} />
        </div>
      )}
      {invitations.data?.items.length === 0 && (
        <EmptyState icon={MailOpen} title="No open invitations" className="py-8" />
      )}
      {invitations.data && invitations.data.items.length > 0 && (
        <ul className="divide-y">
          {invitations.data.items.map(({ id, email, role, invitedBy, expiresAt }) => (
            <li key={id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2">
                  <span className="font-medium [overflow-wrap:anywhere]">{email}</span>
                  <Badge>{role}</Badge>
                </p>
                <p className="text-muted-foreground text-xs">
                  {invitedBy ? `Invited by ${invitedBy}` : 'Invited'}, ends <RelativeTime at={expiresAt} />
                </p>
              </div>
              <Button
                variant="outline"
                size="sm"
                pending={revoke.isPending && revoke.variables === id}
                onClick={() =>
                  revoke.mutate(id, {
                    onSuccess: () => toast.success(`The link for ${email} no longer works`),
                    onError: (error) =>
                      toast.error(troubleOf(error).title, { description: troubleOf(error).hint }),
                  })
                }
              >
                Revoke<span className="sr-only"> the invitation of {email}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
