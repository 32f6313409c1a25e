'use client';
import { ChevronsUpDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';
import { Logo } from './logo';
import { useTeam } from './team-context';

export function TeamSwitcher() {
  const team = useTeam();
  const router = useRouter();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex h-9 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left hover:bg-accent">
        <Logo className="text-foreground" />
        <span className="min-w-0 flex-1 truncate font-semibold text-sm tracking-tight">{team.name}</span>
        <ChevronsUpDown className="size-3.5 shrink-0 text-muted-foreground" aria-hidden />
        <span className="sr-only">Switch team</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-56">
        <DropdownMenuLabel>Teams</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={team.slug} onValueChange={(slug) => router.push(`/${slug}/sites`)}>
          {team.teams.map((each) => (
            <DropdownMenuRadioItem key={each.id} value={each.slug}>
              <span className="truncate">{each.name}</span>
              <span className="ml-auto text-muted-foreground text-xs">{each.role}</span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
