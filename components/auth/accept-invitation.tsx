'use client';
import type { Session } from '#api/contract/session';
import { ErrorState } from '#components/kit/error-state';
import { Button } from '#components/ui/button';
import { useAcceptInvitation } from '#queries/invitations';
import { useSignOut } from '#queries/session';

interface Props {
  link: { id: string; secret: string };
  session: Session;
  /** Name of the team that is offered. */
  team: string;
}

/** Takes an invitation as the person who is signed in, who may be somebody else than the one it was written to. */
export function AcceptInvitation({ link, session, team }: Props) {
  const accept = useAcceptInvitation(link.id);
  const signOut = useSignOut();
  const before = new Set(session.teams.map(({ id }) => id));
  return (
    <>
      {accept.isError && <ErrorState error={accept.error} />}
      <p className="text-sm">
        You are signed in as{' '}
        <span className="font-medium [overflow-wrap:anywhere]">{session.user.email}</span>.
      </p>
      <Button
        size="lg"
        pending={accept.isPending}
        onClick={() =>
          accept.mutate(link.secret, {
            onSuccess: ({ teams }) =>
              window.location.assign(`/${teams.find(({ id }) => !before.has(id))?.slug ?? ''}`),
          })
        }
      >
        Join {team}
      </Button>
      <Button
        variant="outline"
        size="lg"
        pending={signOut.isPending}
        onClick={() => signOut.mutate(undefined, { onSuccess: () => window.location.reload() })}
      >
        That is not me: sign out
      </Button>
    </>
  );
}
