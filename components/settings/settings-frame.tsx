'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { cn } from '#components/ui/cn';
import { settingsSections } from './settings-sections';

/** Settings of the team and of the person, a page each. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const team = useTeam();
  const pathname = usePathname();
  return (
    <Page>
      <PageHeader title="Settings" />
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 md:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label="Settings">
          <ul className="flex gap-1 overflow-x-auto pb-1 md:flex-col md:gap-0.5">
            {settingsSections(team).map(({ path, label }) => {
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
