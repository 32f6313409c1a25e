'use client';
import { useQuery } from '@tanstack/react-query';
import { Landmark, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Issuer } from '#api/contract/certificates';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { issuerQueries } from '#queries/certificates';

const IssuerDialog = later(() => import('./issuer-dialog').then((module) => module.IssuerDialog));
const RemoveIssuerDialog = later(() =>
  import('./remove-issuer-dialog').then((module) => module.RemoveIssuerDialog),
);

/** The CAs that this team gets certificates from. */
export function IssuersSettings() {
  const team = useTeam();
  const issuers = useQuery(issuerQueries.list(team.slug));
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Issuer | null>(null);
  const items = issuers.data?.items ?? [];
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Issuers</CardTitle>
          <CardDescription>
            CAs that certificates are obtained from by ACME, such as Let’s Encrypt.
          </CardDescription>
        </div>
        {team.can('issuers.manage') && (
          <Button size="sm" onClick={() => setAdding(true)}>
            <Plus />
            Add issuer
          </Button>
        )}
      </CardHeader>
      {issuers.isPending && <Skeleton className="m-4 h-20" />}
      {issuers.isError && (
        <div className="p-4">
          <ErrorState error={issuers.error} onRetry={() => issuers.refetch()} />
        </div>
      )}
      {issuers.isSuccess && items.length === 0 && (
        <EmptyState icon={Landmark} title="No issuers yet" className="py-8">
          {team.can('issuers.manage')
            ? 'Start with the staging address of a CA: its limits are generous, and browsers do not trust what it issues.'
            : 'An admin of this team can add one.'}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="divide-y">
          {items.map((issuer) => (
            <IssuerRow key={issuer.id} issuer={issuer} onRemove={() => setRemoving(issuer)} />
          ))}
        </ul>
      )}
      {adding && <IssuerDialog onClose={() => setAdding(false)} />}
      {removing && <RemoveIssuerDialog issuer={removing} onClose={() => setRemoving(null)} />}
    </Card>
  );
}

function IssuerRow({ issuer, onRemove }: { issuer: Issuer; onRemove: () => void }) {
  const team = useTeam();
  const { name, directoryUrl, trust, eabKid, termsAcceptedAt, certificates } = issuer;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
          {trust === 'private' && <Badge tone="outline">Private root</Badge>}
          {eabKid !== null && <Badge tone="outline">External account</Badge>}
        </p>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          <code>{directoryUrl}</code>
        </p>
        <p className="text-muted-foreground text-xs">
          Terms accepted <RelativeTime at={termsAcceptedAt} />
        </p>
      </div>
      <span className="text-muted-foreground text-xs">
        {certificates === 1 ? '1 certificate' : `${certificates} certificates`}
      </span>
      {team.can('issuers.manage') && (
        <Button size="sm" variant="ghost" onClick={onRemove}>
          Remove
        </Button>
      )}
    </li>
  );
}
