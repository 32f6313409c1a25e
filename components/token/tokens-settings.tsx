'use client';
import { useQuery } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { tokenQueries } from '#queries/tokens';
import { TokenRow } from './token-row';

const NewTokenDialog = later(() => import('./new-token-dialog').then((module) => module.NewTokenDialog));
const RevokeTokenDialog = later(() =>
  import('./revoke-token-dialog').then((module) => module.RevokeTokenDialog),
);

/** The person's own tokens, and for admins those of the other members. */
export function TokensSettings() {
  const team = useTeam();
  const [creating, setCreating] = useState(false);
  return (
    <div className="flex flex-col gap-5">
      <TokenCard
        whose="own"
        title="API tokens"
        text="For scripts and the command line. A token never does more in this team than you may."
        none="No tokens"
      >
        <Button size="sm" onClick={() => setCreating(true)}>
          <Plus />
          New token
        </Button>
      </TokenCard>
      {team.can('members.manage') && (
        <TokenCard
          whose="team"
          title="Tokens of other members"
          text="What may act in this team without a browser. You can end each of them."
          none="No other member has a token"
        />
      )}
      {creating && <NewTokenDialog onClose={() => setCreating(false)} />}
    </div>
  );
}

interface CardProps {
  whose: 'own' | 'team';
  title: string;
  text: string;
  none: string;
  children?: ReactNode;
}

function TokenCard({ whose, title, text, none, children }: CardProps) {
  const team = useTeam();
  const tokens = useQuery(tokenQueries.list(team.slug, whose));
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  const shown = tokens.data?.items.filter(({ owner }) => whose === 'own' || owner.id !== team.user.id);
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>{title}</CardTitle>
          <CardDescription>{text}</CardDescription>
        </div>
        {children}
      </CardHeader>
      {tokens.isPending && <Skeleton className="m-4 h-20" />}
      {tokens.isError && (
        <div className="p-4">
          <ErrorState error={tokens.error} onRetry={() => tokens.refetch()} />
        </div>
      )}
      {shown?.length === 0 && <EmptyState icon={KeyRound} title={none} className="py-8" />}
      {shown && shown.length > 0 && (
        <ul className="divide-y">
          {shown.map((token) => (
            <TokenRow
              key={token.id}
              token={token}
              owner={whose === 'team' ? token.owner.name : null}
              onRevoke={() => setRevoking(token)}
            />
          ))}
        </ul>
      )}
      {revoking && <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  );
}
