'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { cn } from '#components/ui/cn';
import type { Permission } from '#core/access/permissions';

interface Section {
  path: string;
  label: string;
  permission?: Permission;
  /** Only for administrators of the installation. */
  administrator?: true;
}

const sections: readonly Section[] = [
  { path: 'members', label: 'Members' },
  { path: 'notifications', label: 'Notifications' },
  { path: 'policies', label: 'Policies' },
  { path: 'templates', label: 'Templates' },
  { path: 'issuers', label: 'Issuers' },
  { path: 'team', label: 'Team', permission: 'team.manage' },
  { path: 'tokens', label: 'API tokens' },
  { path: 'api', label: 'API reference' },
  { path: 'sessions', label: 'Your sign-in' },
  { path: 'appearance', label: 'Appearance' },
  { path: 'people', label: 'People', administrator: true },
  { path: 'backup', label: 'Backup', administrator: true },
];

/** Settings of the team and of the person, a page each. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const team = useTeam();
  const pathname = usePathname();
  const shown = sections.filter(
    ({ permission, administrator }) =>
      (!permission || team.can(permission)) && (!administrator || team.user.administrator),
  );
  return (
    <Page>
      <PageHeader title="Settings" />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label="Settings">
          <ul className="flex gap-1 overflow-x-auto pb-1 md:flex-col md:gap-0.5">
            {shown.map(({ path, label }) => {
              const href = `/${team.slug}/settings/${path}`;
              const exact = pathname === href;
              // A page below a section, as that of one webhook, still belongs to it.
              const active = exact || pathname.startsWith(`${href}/`);
              return (
                <li key={path}>
                  <Link
                    href={href}
                    {...(active && { 'aria-current': exact ? ('page' as const) : true })}
                    className={cn(
                      'flex h-8 items-center whitespace-nowrap rounded-md px-2.5 text-muted-foreground text-sm hover:bg-accent hover:text-foreground',
                      active && 'bg-accent font-medium text-foreground',
                    )}
                  >
                    {label}
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        <div className="min-w-0">{children}</div>
      </div>
    </Page>
  );
}
