'use client';
import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';
import { useTeam } from '../kit/team-context';

/** The teams of the person; choosing one opens its sites. */
export function TeamMenu({ trigger }: { trigger: ReactNode }) {
  const team = useTeam();
  const router = useRouter();
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
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
        {team.user.administrator && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => router.push(`/${team.slug}/settings/new-team`)}>
              <Plus />
              New team
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
