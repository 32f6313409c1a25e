'use client';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/shell/error-state';
import { RelativeTime } from '#components/shell/relative-time';
import { RowsSkeleton } from '#components/shell/rows-skeleton';
import { useTeam } from '#components/shell/team-context';
import { Badge } from '#components/ui/badge';
import { Card, CardHeader, CardTitle } from '#components/ui/card';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table';
import type { Role } from '#core/access/roles';
import { teamQueries } from '#queries/team';

const roles: Record<Role, string> = {
  viewer: 'Sees everything, changes nothing',
  editor: 'Edits sites and plans changes',
  operator: 'Applies plans, too',
  admin: 'Manages hosts, too',
};

export function MembersSettings() {
  const team = useTeam();
  const detail = useQuery(teamQueries.get(team.slug));
  if (detail.isPending) return <RowsSkeleton rows={4} />;
  if (detail.isError) return <ErrorState error={detail.error} onRetry={() => detail.refetch()} />;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Members of {detail.data.name}</CardTitle>
        <span className="text-muted-foreground text-xs tabular-nums">{detail.data.members.length}</span>
      </CardHeader>
      <Table>
        <TableHeader>
          <TableRow>
            <TableHead className="w-2/5">Name</TableHead>
            <TableHead>Role</TableHead>
            <TableHead className="max-sm:hidden">Since</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {detail.data.members.map(({ person, role, since }) => (
            <TableRow key={person.id}>
              <TableCell className="max-w-0">
                <span className="flex items-center gap-2">
                  <span className="truncate font-medium">{person.name}</span>
                  {person.id === team.user.id && <Badge tone="outline">you</Badge>}
                </span>
                <span className="block truncate text-muted-foreground text-xs">{person.email}</span>
              </TableCell>
              <TableCell>
                <span className="capitalize">{role}</span>
                <span className="block text-muted-foreground text-xs">{roles[role]}</span>
              </TableCell>
              <TableCell className="text-muted-foreground max-sm:hidden">
                <RelativeTime at={since} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
