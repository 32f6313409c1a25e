'use client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Globe, Monitor, Moon, Plus, Server, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTheme } from 'next-themes';
import { useDeferredValue, useState } from 'react';
import {
  Command,
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '#components/ui/command';
import { hostQueries } from '#queries/hosts';
import { siteQueries } from '#queries/sites';
import { navItems } from '../kit/nav-items';
import { useTeam } from '../kit/team-context';

/** ⌘K: pages, actions, and any site or host by name. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const team = useTeam();
  const router = useRouter();
  const { setTheme } = useTheme();
  const [text, setText] = useState('');
  const search = useDeferredValue(text.trim());
  const sites = useInfiniteQuery({
    ...siteQueries.list(team.slug, { limit: 8, ...(search ? { search } : {}) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const hosts = useInfiniteQuery({
    ...hostQueries.list(team.slug, { limit: 8, ...(search ? { search } : {}) }),
    enabled: open,
    placeholderData: keepPreviousData,
  });

  const close = () => {
    onOpenChange(false);
    setText('');
  };
  const go = (path: string) => () => {
    close();
    router.push(`/${team.slug}/${path}`);
  };
  const paint = (theme: string) => () => {
    close();
    setTheme(theme);
  };

  return (
    <CommandDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Go to"
      description="Type the name of a page, site, host or action"
    >
      <Command label="Go to" loop>
        <CommandInput value={text} onValueChange={setText} placeholder="Go to a page, site or host…" />
        <CommandList>
          <CommandEmpty>Nothing is called “{text}”.</CommandEmpty>
          <CommandGroup heading="Pages">
            {navItems.map(({ path, label, icon: Icon }) => (
              <CommandItem key={path} value={`page ${label}`} onSelect={go(path)}>
                <Icon />
                {label}
              </CommandItem>
            ))}
          </CommandGroup>
          <CommandGroup heading="Actions">
            {team.can('sites.write') && (
              <CommandItem value="action new site" onSelect={go('sites/new')}>
                <Plus />
                New site
              </CommandItem>
            )}
            {team.can('hosts.write') && (
              <CommandItem value="action add host" onSelect={go('hosts/new')}>
                <Plus />
                Add host
              </CommandItem>
            )}
            <CommandItem value="action theme light" onSelect={paint('light')}>
              <Sun />
              Light theme
            </CommandItem>
            <CommandItem value="action theme dark" onSelect={paint('dark')}>
              <Moon />
              Dark theme
            </CommandItem>
            <CommandItem value="action theme system" onSelect={paint('system')}>
              <Monitor />
              System theme
            </CommandItem>
          </CommandGroup>
          {sites.data?.pages.some((page) => page.items.length > 0) && (
            <CommandGroup heading="Sites">
              {sites.data.pages
                .flatMap((page) => page.items)
                .map((site) => (
                  <CommandItem
                    key={site.id}
                    value={`site ${site.name} ${site.hostnames.join(' ')}`}
                    onSelect={go(`sites/${site.id}`)}
                  >
                    <Globe />
                    <span className="truncate">{site.name}</span>
                    <span className="truncate text-muted-foreground text-xs">{site.hostnames[0]}</span>
                  </CommandItem>
                ))}
            </CommandGroup>
          )}
          {hosts.data?.pages.some((page) => page.items.length > 0) && (
            <CommandGroup heading="Hosts">
              {hosts.data.pages
                .flatMap((page) => page.items)
                .map((host) => (
                  <CommandItem
                    key={host.id}
                    value={`host ${host.name} ${host.address}`}
                    onSelect={go(`hosts/${host.id}`)}
                  >
                    <Server />
                    <span className="truncate">{host.name}</span>
                    <span className="truncate text-muted-foreground text-xs">{host.address}</span>
                  </CommandItem>
                ))}
            </CommandGroup>
          )}
        </CommandList>
      </Command>
    </CommandDialog>
  );
}
