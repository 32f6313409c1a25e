'use client';
import { useQuery } from '@tanstack/react-query';
import { Pencil, RotateCw } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Host } from '#api/contract/hosts';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { hostQueries, useCheckHost } from '#queries/hosts';
import { plainOutput } from '../diff/visible-text';
import { hostLooks } from '../kit/looks/host-looks';
import { CheckList } from './check-list';
import { hasChangedKey } from './has-changed-key';
import { hostAddress, pendingSetup } from './host-address';
import { HostDrift } from './host-drift';
import { AccessBadge, HostKeys } from './host-keys';
import { HostSites } from './host-sites';
import { HostTargets } from './host-targets';
import { LastError } from './last-error';
import { RemoveHost } from './remove-host';
import { setupHref } from './setup-href';

const ChangedKeyPanel = later(() => import('./changed-key-panel').then((module) => module.ChangedKeyPanel));
const HostInventory = later(
  () => import('./host-inventory').then((module) => module.HostInventory),
  () => <Skeleton className="h-40" />,
);

/** One machine: what it is, what runs on it, and whether everything is there that an apply needs. */
export function HostPage({ id }: { id: string }) {
  const team = useTeam();
  const host = useQuery(hostQueries.get(team.slug, id));
  if (host.data) return <HostDetail host={host.data} />;
  return (
    <Page>
      <PageHeader title="Host" parents={[{ label: 'Hosts', href: `/${team.slug}/hosts` }]} />
      {host.isError ? (
        <ErrorState error={host.error} onRetry={() => host.refetch()} />
      ) : (
        <div role="status" className="flex flex-col gap-4">
          <span className="sr-only">Loading the host</span>
          <Skeleton className="h-32" />
          <Skeleton className="h-64" />
        </div>
      )}
    </Page>
  );
}

function HostDetail({ host }: { host: Host }) {
  const team = useTeam();
  const check = useCheckHost(team.slug, host.id);
  const pending = pendingSetup(host);
  const mayCheck = team.can('hosts.check');
  const mayWrite = team.can('hosts.write');
  const failed = host.checks.filter(({ status }) => status === 'failed').length;
  return (
    <Page>
      <PageHeader
        title={host.name}
        badges={
          <>
            <StatusBadge look={hostLooks[host.status]} />
            {host.transport === 'ssh' && <AccessBadge host={host} />}
          </>
        }
        parents={[{ label: 'Hosts', href: `/${team.slug}/hosts` }]}
        description={hostAddress(host)}
        actions={
          mayWrite && (
            <>
              <Button asChild variant="outline">
                <Link href={`/${team.slug}/hosts/${host.id}/edit`}>
                  <Pencil />
                  Edit
                </Link>
              </Button>
              <RemoveHost host={host} />
            </>
          )
        }
      />
      {hasChangedKey(host) && <ChangedKeyPanel host={host} />}
      {pending && mayWrite && (
        <Alert
          tone="info"
          title="This host is not set up yet"
          action={
            <Button asChild size="sm">
              <Link href={setupHref(team.slug, host.id, pending)}>Finish the setup</Link>
            </Button>
          }
        >
          {pending === 'fingerprint'
            ? 'Its key has to be compared first. Until then nothing is sent to it.'
            : 'Its checks have not all passed yet.'}
        </Alert>
      )}
      {!hasChangedKey(host) && !pending && <LastError host={host} />}
      <Card>
        <CardHeader>
          <CardTitle>Facts</CardTitle>
        </CardHeader>
        <CardContent>
          <dl className="grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2 lg:grid-cols-3">
            <Fact term="System">
              {host.operatingSystem ? plainOutput(host.operatingSystem) : 'not known yet'}
            </Fact>
            <Fact term="Reached by">
              {host.transport === 'local' ? 'running commands here' : `SSH, as ${host.user}`}
            </Fact>
            <Fact term="Address">
              {host.transport === 'local' ? 'this machine' : `${host.address}, port ${host.port}`}
            </Fact>
            {host.jumpHost && (
              <Fact term="Through">
                <Link
                  href={`/${team.slug}/hosts/${host.jumpHost.id}`}
                  className="text-brand underline-offset-4 hover:underline"
                >
                  {host.jumpHost.name}
                </Link>
              </Fact>
            )}
            <Fact term="Last seen">{host.lastSeenAt ? <RelativeTime at={host.lastSeenAt} /> : 'never'}</Fact>
            <Fact term="Group">
              {host.group ? (
                <Link
                  href={`/${team.slug}/settings/policies`}
                  className="rounded-sm underline-offset-4 hover:underline"
                >
                  {host.group.name}
                </Link>
              ) : (
                'none'
              )}
            </Fact>
            <Fact term="Added">
              <RelativeTime at={host.createdAt} />
            </Fact>
          </dl>
        </CardContent>
      </Card>
      <HostTargets targets={host.targets} />
      <HostSites team={team.slug} hostId={host.id} />
      <HostInventory hostId={host.id} />
      <HostDrift hostId={host.id} name={host.name} />
      <Card>
        <CardHeader>
          <CardTitle>
            Check list
            {host.checkedAt && (
              <span className="ml-2 font-normal text-muted-foreground text-xs">
                {failed > 0 ? `${failed} red, ` : ''}run <RelativeTime at={host.checkedAt} />
              </span>
            )}
          </CardTitle>
          {mayCheck && (
            <Button variant="outline" size="sm" pending={check.isPending} onClick={() => check.mutate()}>
              <RotateCw />
              Run again
            </Button>
          )}
        </CardHeader>
        <CardContent className="flex flex-col gap-3">
          {check.isError && <ErrorState error={check.error} />}
          <CheckList host={host} pending={check.isPending} />
        </CardContent>
      </Card>
      {host.transport === 'ssh' && <HostKeys host={host} />}
    </Page>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground text-xs">{term}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
