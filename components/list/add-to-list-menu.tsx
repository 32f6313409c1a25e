'use client';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { List } from '#api/contract/lists';
import { useTeam } from '#components/kit/team-context';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu';
import { listQueries } from '#queries/lists';

interface Props {
  trigger: ReactNode;
  onChoose: (list: List) => void;
  onNew: () => void;
}

/** The team's lists, to put something on one of them. */
export function AddToListMenu({ trigger, onChoose, onNew }: Props) {
  const team = useTeam();
  const lists = useQuery(listQueries.list(team.slug));
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{trigger}</DropdownMenuTrigger>
      <DropdownMenuContent align="center" side="top" className="max-w-72">
        <DropdownMenuLabel>
          {lists.isPending ? 'Loading the lists' : lists.isError ? 'The lists cannot be read' : 'Lists'}
        </DropdownMenuLabel>
        {lists.data?.items.map((list) => (
          <DropdownMenuItem key={list.id} onSelect={() => onChoose(list)}>
            <span className="truncate">{list.name}</span>
            <span className="ml-auto text-muted-foreground text-xs tabular-nums">{list.sites}</span>
          </DropdownMenuItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={onNew}>
          <Plus />
          New list…
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
