'use client';
import { Lock } from 'lucide-react';
import { EmptyState } from './empty-state';
import { useTeam } from './team-context';

/** A page that this person's role does not reach. */
export function NotAllowed({ what }: { what: string }) {
  const team = useTeam();
  return (
    <EmptyState icon={Lock} title={`Your role may not ${what}`} className="pt-24">
      You are a {team.role} of {team.name}. An admin of the team can change that.
    </EmptyState>
  );
}
