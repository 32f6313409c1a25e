'use client';
import Link from 'next/link';
import { FactorSettings } from '#components/account/factor-settings';
import { Button } from '#components/ui/button';
import { useSignOut } from '#queries/session';
import { Page } from '../kit/page';
import { PageHeader } from '../kit/page-header';
import { useTeam } from '../kit/team-context';

/** All that a member without a second factor sees of a team that asks for one. */
export function SecondFactorGate() {
  const team = useTeam();
  const signOut = useSignOut();
  const others = team.teams.filter((each) => each.id !== team.id && !each.secondFactorNeeded);
  return (
    <main>
      <Page className="max-w-2xl pt-16">
        <PageHeader
          title={`${team.name} asks for a second factor`}
          description="Set one up here to get back into the team."
        />
        <FactorSettings />
        <div className="flex flex-wrap gap-2">
          {others.map((each) => (
            <Button key={each.id} asChild variant="outline">
              <Link href={`/${each.slug}/sites`}>Go to {each.name}</Link>
            </Button>
          ))}
          <Button
            variant="outline"
            pending={signOut.isPending}
            onClick={() => signOut.mutate(undefined, { onSuccess: () => window.location.assign('/sign-in') })}
          >
            Sign out
          </Button>
        </div>
      </Page>
    </main>
  );
}
