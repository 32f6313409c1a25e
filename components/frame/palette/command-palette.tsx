'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import {
  FileDiff,
  Globe,
  List,
  ListChecks,
  type LucideIcon,
  Monitor,
  Moon,
  Pencil,
  Plus,
  Server,
  Settings,
  Sun,
} from 'lucide-react';
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
import { listQueries } from '#queries/lists';
import { siteQueries } from '#queries/sites';
import { navItems } from '../../kit/nav-items';
import { useTeam } from '../../kit/team-context';
import { settingsSections } from '../../settings/settings-sections';
import { searchWords } from './search-words';
import { usePaletteActs } from './use-palette-acts';

/** Sites and hosts that are offered something to do; more would hide what was looked for. */
const offered = 3;

/** ⌘K: pages, settings, any site, host or list by name, and what can be done with them: “plan jenkins”, “compare web1”. */
export function CommandPalette({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const team = useTeam();
  const router = useRouter();
  const acts = usePaletteActs();
  const { setTheme } = useTheme();
  const [text, setText] = useState('');
  const search = useDeferredValue(searchWords(text));
  const query = { limit: 8, ...(search ? { search } : {}) };
  const options = { enabled: open, placeholderData: keepPreviousData };
  const sitePages = useInfiniteQuery({ ...siteQueries.list(team.slug, query), ...options });
  const hostPages = useInfiniteQuery({ ...hostQueries.list(team.slug, query), ...options });
  const lists = useQuery({ ...listQueries.list(team.slug), enabled: open });
  const sites = sitePages.data?.pages.flatMap((page) => page.items) ?? [];
  const hosts = hostPages.data?.pages.flatMap((page) => page.items) ?? [];

  const close = () => {
    onOpenChange(false);
    setText('');
  };
  const after = (act: () => void) => () => {
    close();
    act();
  };
  const go = (path: string) => after(() => router.push(`/${team.slug}/${path}`));
  const paint = (theme: string) => after(() => setTheme(theme));

  return (
    <CommandDialog
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title="Go to, or do"
      description="Type the name of a page, site, host, list, setting or action"
    >
      <Command label="Go to, or do" loop>
        <CommandInput
          value={text}
          onValueChange={setText}
          placeholder="Go to a page, site or host; or type “plan” and a site…"
        />
        <CommandList>
          <CommandEmpty>Nothing is called “{text}”.</CommandEmpty>
          <CommandGroup heading="Pages">
            {navItems.map(({ path, label, icon }) => (
              <Item key={path} value={`page ${label}`} icon={icon} label={label} onSelect={go(path)} />
            ))}
          </CommandGroup>
          <CommandGroup heading="Actions">
            {team.can('sites.write') && (
              <Item value="action new site" icon={Plus} label="New site" onSelect={go('sites/new')} />
            )}
            {team.can('hosts.write') && (
              <Item value="action add host" icon={Plus} label="Add host" onSelect={go('hosts/new')} />
            )}
            {team.can('plans.create') && (
              <Item
                value="action plan changes of several sites"
                icon={ListChecks}
                label="Plan changes of several sites"
                onSelect={go('plans/new')}
              />
            )}
            <Item value="action theme light" icon={Sun} label="Light theme" onSelect={paint('light')} />
            <Item value="action theme dark" icon={Moon} label="Dark theme" onSelect={paint('dark')} />
            <Item
              value="action theme system"
              icon={Monitor}
              label="System theme"
              onSelect={paint('system')}
            />
          </CommandGroup>
          {sites.length > 0 && (
            <CommandGroup heading="Sites">
              {sites.map((site) => (
                <Item
                  key={site.id}
                  value={`site ${site.name} ${site.hostnames.join(' ')}`}
                  icon={Globe}
                  label={site.name}
                  beside={site.hostnames[0]}
                  onSelect={go(`sites/${site.id}`)}
                />
              ))}
            </CommandGroup>
          )}
          {hosts.length > 0 && (
            <CommandGroup heading="Hosts">
              {hosts.map((host) => (
                <Item
                  key={host.id}
                  value={`host ${host.name} ${host.address}`}
                  icon={Server}
                  label={host.name}
                  beside={host.address}
                  onSelect={go(`hosts/${host.id}`)}
                />
              ))}
            </CommandGroup>
          )}
          {search !== '' && (
            <>
              <CommandGroup heading="Do">
                {sites
                  .slice(0, offered)
                  .flatMap((site) => [
                    team.can('plans.create') && site.targets.length > 0 && (
                      <Item
                        key={`plan ${site.id}`}
                        value={`plan changes of ${site.name}`}
                        icon={ListChecks}
                        label={`Plan changes of ${site.name}`}
                        onSelect={after(() => acts.plan(site))}
                      />
                    ),
                    team.can('sites.write') && (
                      <Item
                        key={`edit ${site.id}`}
                        value={`edit ${site.name}`}
                        icon={Pencil}
                        label={`Edit ${site.name}`}
                        onSelect={go(`sites/${site.id}/edit`)}
                      />
                    ),
                  ])}
                {hosts
                  .slice(0, offered)
                  .map(
                    (host) =>
                      team.can('hosts.check') && (
                        <Item
                          key={`compare ${host.id}`}
                          value={`compare check ${host.name} now`}
                          icon={FileDiff}
                          label={`Compare ${host.name} now`}
                          onSelect={after(() => acts.compare(host))}
                        />
                      ),
                  )}
              </CommandGroup>
              <CommandGroup heading="Lists">
                {(lists.data?.items ?? []).map(({ id, name }) => (
                  <Item
                    key={id}
                    value={`list ${name} ${id}`}
                    icon={List}
                    label={name}
                    onSelect={go(`lists/${id}`)}
                  />
                ))}
              </CommandGroup>
              <CommandGroup heading="Settings">
                {settingsSections(team).map(({ path, label }) => (
                  <Item
                    key={path}
                    value={`settings ${label}`}
                    icon={Settings}
                    label={label}
                    onSelect={go(`settings/${path}`)}
                  />
                ))}
              </CommandGroup>
            </>
          )}
        </CommandList>
      </Command>
    </CommandDialog>
  );
}

interface ItemProps {
  /** What the typed text is compared with. */
  value: string;
  icon: LucideIcon;
  label: string;
  beside?: string | undefined;
  onSelect: () => void;
}

function Item({ value, icon: Icon, label, beside, onSelect }: ItemProps) {
  return (
    <CommandItem value={value} onSelect={onSelect}>
      <Icon />
      <span className="truncate">{label}</span>
      {beside && <span className="truncate text-muted-foreground text-xs">{beside}</span>}
    </CommandItem>
  );
}
