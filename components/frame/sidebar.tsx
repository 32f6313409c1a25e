'use client';
import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '#components/ui/cn';
import { Kbd } from '#components/ui/kbd';
import { ModifierKey } from '../kit/modifier-key';
import { navItems } from '../kit/nav-items';
import { useTeam } from '../kit/team-context';
import { DriftCount } from './drift-count';
import { TeamSwitcher } from './team-switcher';
import { UserMenu } from './user-menu';

interface Props {
  onOpenPalette: () => void;
  onShowShortcuts: () => void;
  onNavigate?: () => void;
}

export function Sidebar({ onOpenPalette, onShowShortcuts, onNavigate }: Props) {
  const team = useTeam();
  const pathname = usePathname();
  return (
    <div className="flex h-full flex-col gap-3 p-2">
      <TeamSwitcher />
      <button
        type="button"
        onClick={onOpenPalette}
        className="flex h-8 items-center gap-2 rounded-md border bg-card px-2 text-muted-foreground text-sm shadow-xs hover:border-input hover:text-foreground"
      >
        <Search className="size-3.5" aria-hidden />
        Go to…
        <Kbd className="ml-auto">
          <ModifierKey />K
        </Kbd>
      </button>
      <nav aria-label="Main" className="flex-1">
        <ul className="flex flex-col gap-0.5">
          {navItems.map(({ path, label, icon: Icon }) => {
            const href = `/${team.slug}/${path}`;
            const active =
              isBelow(pathname, href) || (path === 'applies' && isBelow(pathname, `/${team.slug}/plans`));
            return (
              <li key={path}>
                <Link
                  href={href}
                  {...(active && { 'aria-current': 'page' })}
                  onClick={() => onNavigate?.()}
                  className={cn(
                    'flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-muted-foreground text-sm transition-colors hover:bg-accent hover:text-foreground',
                    active && 'bg-accent text-foreground',
                  )}
                >
                  <Icon className="size-4" aria-hidden />
                  {label}
                  {path === 'drift' && <DriftCount team={team.slug} />}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <UserMenu onShowShortcuts={onShowShortcuts} />
    </div>
  );
}

function isBelow(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
