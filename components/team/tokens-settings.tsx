'use client';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#components/shell/empty-state';
import { ErrorState } from '#components/shell/error-state';
import { later } from '#components/shell/later';
import { useTeam } from '#components/shell/team-context';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { tokenQueries } from '#queries/tokens';
import { TokenRow } from './token-row';

const NewTokenDialog = later(() => import('./new-token-dialog').then((module) => module.NewTokenDialog));
const RevokeTokenDialog = later(() =>
  import('./revoke-token-dialog').then((module) => module.RevokeTokenDialog),
);

export function TokensSettings() {
  const team = useTeam();
  const tokens = useQuery(tokenQueries.list(team.slug));
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>API tokens</CardTitle>
          <CardDescription>
            For scripts and the command line. A token never does more in this team than you may.
          </CardDescription>
        </div>
        <Button size="sm" onClick={() => setCreating(true)}>
          <Plus />
          New token
        </Button>
      </CardHeader>
      {tokens.isPending && <Skeleton className="m-4 h-20" />}
      {tokens.isError && (
        <div className="p-4">
          <ErrorState error={tokens.error} onRetry={() => tokens.refetch()} />
        </div>
      )}
      {tokens.data?.items.length === 0 && <EmptyState icon={KeyRound} title="No tokens" className="py-8" />}
      {tokens.data && tokens.data.items.length > 0 && (
        <ul className="divide-y">
          {tokens.data.items.map((token) => (
            <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
          ))}
        </ul>
      )}
      {creating && <NewTokenDialog onClose={() => setCreating(false)} />}
      {revoking && <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  );
}
