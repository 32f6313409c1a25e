'use client';
import { createContext, type ReactNode, useContext } from 'react';
import type { Session } from '#api/contract/session';
import { can, type Permission } from '#core/access/permissions';

type SessionTeam = Session['teams'][number];

export interface Team extends SessionTeam {
  /** Who is signed in. */
  readonly user: Session['user'];
  readonly teams: readonly SessionTeam[];
  /** Version of the dashboard. */
  readonly version: string;
  /** Whether the signed-in person may do this in the team; the server asks the same table. */
  can(permission: Permission): boolean;
}

const TeamContext = createContext<Team | null>(null);

export function TeamProvider({
  session,
  team,
  children,
}: {
  session: Session;
  team: SessionTeam;
  children: ReactNode;
}) {
  const value: Team = {
    ...team,
    user: session.user,
    teams: session.teams,
    version: session.version,
    can: (permission) => can(team.role, permission),
  };
  return <TeamContext value={value}>{children}</TeamContext>;
}

/** The team of the page and the person's rights in it. */
export function useTeam(): Team {
  const team = useContext(TeamContext);
  if (!team) throw new Error('useTeam needs a page inside the dashboard');
  return team;
}
