'use client';
import { useQuery } from '@tanstack/react-query';
import { Menu } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '#components/ui/button';
import { sessionQueries } from '#queries/session';
import { ErrorState } from '../kit/error-state';
import { later } from '../kit/lazy-component';
import { Logo } from '../kit/logo';
import { NotFound } from '../kit/not-found';
import { TeamProvider, useTeam } from '../kit/team-context';
import { useShortcuts } from '../kit/use-shortcuts';
import { ShellSkeleton } from './shell-skeleton';
import { Sidebar } from './sidebar';

const MobileMenu = later(() => import('./mobile-menu').then((module) => module.MobileMenu));
const ShortcutsDialog = later(() => import('./shortcuts-dialog').then((module) => module.ShortcutsDialog));
const SecondFactorGate = later(() =>
  import('./second-factor-gate').then((module) => module.SecondFactorGate),
);
const CommandPalette = later(() =>
  import('./palette/command-palette').then((module) => module.CommandPalette),
);

/** Frame of every page of a team: navigation, palette, shortcuts; makes sure that somebody is signed in and belongs to the team. */
export function DashboardShell({ team: slug, children }: { team: string; children: ReactNode }) {
  const session = useQuery(sessionQueries.get());
  if (session.isPending) return <ShellSkeleton />;
  if (session.isError) {
    return (
      <main className="mx-auto max-w-lg p-6 pt-24">
        <ErrorState error={session.error} onRetry={() => session.refetch()} />
      </main>
    );
  }
  const team = session.data.teams.find((each) => each.slug === slug || each.id === slug);
  if (!team) return <NotFound />;
  return (
    <TeamProvider session={session.data} team={team}>
      {team.secondFactorNeeded && !session.data.user.secondFactor ? (
        <SecondFactorGate />
      ) : (
        <Frame>{children}</Frame>
      )}
    </TeamProvider>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const team = useTeam();
  const [menuOpen, setMenuOpen] = useState(false);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  // Dialogs load with their first use, and stay to fade out.
  const wanted = useRef({ menu: false, palette: false, shortcuts: false }).current;
  wanted.menu ||= menuOpen;
  wanted.palette ||= paletteOpen;
  wanted.shortcuts ||= shortcutsOpen;
  useShortcuts({
    team: team.slug,
    onPalette: () => setPaletteOpen((open) => !open),
    onHelp: () => setShortcutsOpen(true),
  });

  const sidebar = (
    <Sidebar
      onOpenPalette={() => {
        setMenuOpen(false);
        setPaletteOpen(true);
      }}
      onShowShortcuts={() => setShortcutsOpen(true)}
      onNavigate={() => setMenuOpen(false)}
    />
  );

  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-primary focus:px-3 focus:py-2 focus:text-primary-foreground"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 border-r bg-sidebar lg:block">
        {sidebar}
      </aside>
      <div className="flex min-w-0 flex-1 flex-col">
        <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-sidebar px-2 lg:hidden">
          <Button variant="ghost" size="icon" aria-label="Open menu" onClick={() => setMenuOpen(true)}>
            <Menu />
          </Button>
          <Logo />
          <span className="truncate font-semibold text-sm">{team.name}</span>
        </header>
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
      {wanted.menu && (
        <MobileMenu open={menuOpen} onOpenChange={setMenuOpen}>
          {sidebar}
        </MobileMenu>
      )}
      {wanted.palette && <CommandPalette open={paletteOpen} onOpenChange={setPaletteOpen} />}
      {wanted.shortcuts && <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />}
    </div>
  );
}
