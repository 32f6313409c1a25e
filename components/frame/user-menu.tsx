'use client';
import { lazy } from 'react';
import { OnDemandMenu } from '../kit/on-demand-menu';
import { useTeam } from '../kit/team-context';

const load = () => import('./account-menu');
const AccountMenu = lazy(async () => ({ default: (await load()).AccountMenu }));

export function UserMenu({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { user } = useTeam();
  return (
    <OnDemandMenu
      preload={load}
      menu={(trigger) => <AccountMenu trigger={trigger} onShowShortcuts={onShowShortcuts} />}
      className="flex h-10 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-accent"
    >
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-brand-subtle font-semibold text-[11px] text-brand"
      >
        {initials(user.name)}
      </span>
      <span className="min-w-0 flex-1 truncate text-sm">{user.name}</span>
      <span className="sr-only">Account menu</span>
    </OnDemandMenu>
  );
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => [...part][0]?.toUpperCase() ?? '')
    .slice(0, 2)
    .join('');
}
