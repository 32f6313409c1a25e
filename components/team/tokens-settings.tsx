'use client';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '#components/shell/empty-state';
import { ErrorState } from '#components/shell/error-state';
import { later } from '#components/shell/later';
import { RelativeTime } from '#components/shell/relative-time';
import { useTeam } from '#components/shell/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { tokenQueries } from '#queries/tokens';

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
            For scripts and the command line. A token may do in this team what you may.
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
          {tokens.data.items.map((token) => {
            const expired = token.expiresAt !== null && Date.parse(token.expiresAt) < Date.now();
            return (
              <li key={token.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
                <div className="min-w-0 flex-1">
                  <p className="flex flex-wrap items-center gap-x-2">
                    <span className="font-medium">{token.name}</span>
                    <code className="text-muted-foreground text-xs">{token.prefix}…</code>
                    {expired && <Badge tone="danger">expired</Badge>}
                  </p>
                  <p className="text-muted-foreground text-xs">
                    Made <RelativeTime at={token.createdAt} />
                    {token.lastUsedAt ? (
                      <>
                        , last used <RelativeTime at={token.lastUsedAt} />
                      </>
                    ) : (
                      ', never used'
                    )}
                    {token.expiresAt && !expired && (
                      <>
                        , expires <RelativeTime at={token.expiresAt} />
                      </>
                    )}
                    {!token.expiresAt && ', does not expire'}
                  </p>
                </div>
                <Button variant="outline" size="sm" onClick={() => setRevoking(token)}>
                  Revoke<span className="sr-only"> {token.name}</span>
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      {creating && <NewTokenDialog open={creating} onOpenChange={setCreating} />}
      {revoking && <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  );
}
