'use client';
import type { Session } from '#api/contract/session';
import { TeamNameForm } from '#components/kit/team-name-form';
import { Button } from '#components/ui/button';
import { useSignOut } from '#queries/session';
import { useCreateTeam } from '#queries/team';
import { AuthFrame } from './auth-frame';

/** For a person who is signed in and belongs to no team, or no longer does. */
export function NoTeam({ user }: { user: Session['user'] }) {
  const signOut = useSignOut();
  const create = useCreateTeam();
  return (
    <AuthFrame>
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">You are not in a team</h1>
        <p className="text-muted-foreground text-sm">
          You are signed in as <span className="[overflow-wrap:anywhere]">{user.email}</span>.{' '}
          {user.administrator
            ? 'Make a team, or open an invitation’s link.'
            : 'Ask an admin of a team for an invitation, then open its link.'}
        </p>
        {user.administrator && (
          <TeamNameForm
            name=""
            action="Create team"
            pending={create.isPending}
            error={create.error}
            onSave={(name) =>
              create.mutate({ name }, { onSuccess: ({ slug }) => window.location.assign(`/${slug}/sites`) })
            }
          />
        )}
        <Button
          variant="outline"
          size="lg"
          pending={signOut.isPending}
          onClick={() => signOut.mutate(undefined, { onSuccess: () => window.location.assign('/sign-in') })}
        >
          Sign out
        </Button>
      </div>
    </AuthFrame>
  );
}
