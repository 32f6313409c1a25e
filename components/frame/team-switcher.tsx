'use client';
import { ChevronsUpDown } from 'lucide-react';
import { lazy } from 'react';
import { Logo } from '../kit/logo';
import { OnDemandMenu } from '../kit/on-demand-menu';
import { useTeam } from '../kit/team-context';

const load = () => import('./team-menu');
const TeamMenu = lazy(async () => ({ default: (await load()).TeamMenu }));

export function TeamSwitcher() {
  const team = useTeam();
  return (
    <OnDemandMenu
      preload={load}
      menu={(trigger) => <TeamMenu trigger={trigger} />}
      className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-accent"
    >
      <Logo className="text-foreground" />
      <span className="min-w-0 flex-1 truncate font-semibold text-sm tracking-tight">{team.name}</span>
      <ChevronsUpDown className="size-3.5 shrink-0 text-muted-foreground" aria-hidden />
      <span className="sr-only">Switch team</span>
    </OnDemandMenu>
  );
}
