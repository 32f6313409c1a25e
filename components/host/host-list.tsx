'use client';
import { useQuery } from '@tanstack/react-query';
import { Lock, Pencil, Plus, Server, ShieldAlert } from 'lucide-react';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import type { Host } from '#api/contract/hosts';
import { EmptyState } from '#components/shell/empty-state';
import { ErrorState } from '#components/shell/error-state';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { RelativeTime } from '#components/shell/relative-time';
import { StatusBadge } from '#components/shell/status-badge';
import { useTeam } from '#components/shell/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Input } from '#components/ui/input';
import { NativeSelect } from '#components/ui/native-select';
import { driftQueries } from '#queries/drift';
import { hostQueries } from '#queries/hosts';
import { ListSkeleton } from '../apply/list-skeleton';
import { useRowKeys } from '../apply/row-keys';
import { RowLink } from '../apply/row-link';
import { fileCount } from '../drift/drift-words';
import { serverTitle } from '../plan/server-title';
import { hasChangedKey } from './changed-key-panel';
import { hostAddress, pendingSetup } from './host-address';
import { type HostSync, useHostSync } from './host-sync';
import { setupHref } from './setup-href';

/** From this many hosts on a search field is worth its place. */
const searchFrom = 6;

/** The machines of the team. */
export function HostList() {
  const team = useTeam();
  useRowKeys();
  const hosts = useQuery(hostQueries.list(team.slug));
  const sync = useHostSync(team.slug);
  const drift = useQuery(driftQueries.summary(team.slug));
  const driftOf = (id: string) => drift.data?.hosts.find((host) => host.id === id)?.open ?? 0;
  const [search, setSearch] = useQueryState('search', parseAsString.withDefault(''));
  const [group, setGroup] = useQueryState('group', parseAsString.withDefault(''));
  const items = hosts.data?.items ?? [];
  const wanted = search.trim().toLowerCase();
  const groups = [
    ...new Map(items.flatMap((host) => (host.group ? [[host.group.id, host.group.name]] : []))),
  ].sort(([, a], [, b]) => (a < b ? -1 : 1));
  const shown = items.filter(
    (host) =>
      `${host.name} ${host.address}`.toLowerCase().includes(wanted) &&
      (group === '' || (host.group?.id ?? 'none') === group),
  );
  const add = team.can('hosts.write') && (
    <Button asChild>
      <Link href={`/${team.slug}/hosts/new`}>
        <Plus />
        Add host
      </Link>
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title="Hosts"
        description="Machines with a web server, reached by SSH."
        actions={items.length > 0 && add}
      />
      {(items.length >= searchFrom || search !== '') && (
        <Input
          type="search"
          data-page-search
          aria-label="Search hosts"
          placeholder="Search hosts"
          value={search}
          onChange={(event) => void setSearch(event.target.value || null)}
          className="max-w-sm"
        />
      )}
      {(groups.length > 0 || group !== '') && (
        <NativeSelect
          aria-label="Group"
          value={group}
          onChange={(event) => void setGroup(event.target.value || null)}
          className="max-w-48"
        >
          <option value="">All groups</option>
          {groups.map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="none">In no group</option>
        </NativeSelect>
      )}
      {hosts.isPending && <ListSkeleton what="hosts" />}
      {hosts.isError && <ErrorState error={hosts.error} onRetry={() => hosts.refetch()} />}
      {hosts.isSuccess && items.length === 0 && (
        <Card>
          <EmptyState icon={Server} title="No host yet" action={add}>
            A host is a machine with nginx, Apache or Caddy on it. Gatehouse signs in by SSH with a key of its
            own and installs nothing.
          </EmptyState>
        </Card>
      )}
      {items.length > 0 && shown.length === 0 && (
        <Card>
          <EmptyState icon={Server} title="No host matches">
            {search ? `No name or address contains “${search}”.` : 'No host is in this group.'}
          </EmptyState>
        </Card>
      )}
      {shown.length > 0 && (
        <Card className="overflow-hidden">
          <ul aria-label="Hosts" className="divide-y">
            {shown.map((host) => (
              <HostRow
                key={host.id}
                team={team.slug}
                host={host}
                sync={sync?.get(host.id) ?? null}
                known={sync !== null}
                drift={driftOf(host.id)}
              />
            ))}
          </ul>
        </Card>
      )}
    </Page>
  );
}

interface RowProps {
  team: string;
  host: Host;
  sync: HostSync | null;
  /** Whether sync has been asked for already. */
  known: boolean;
  /** Files that others changed there. */
  drift: number;
}

function HostRow({ team, host, sync, known, drift }: RowProps) {
  const pending = pendingSetup(host);
  const sites = host.targets.reduce((sum, target) => sum + target.sites, 0);
  return (
    <RowLink
      href={pending ? setupHref(team, host.id, pending) : `/${team}/hosts/${host.id}`}
      label={pending ? `Finish setting up ${host.name}` : host.name}
    >
      <span className="min-w-0 flex-1 basis-full sm:basis-44">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium">{host.name}</span>
          {host.access === 'enrolled' && (
            <Lock className="size-3 shrink-0 text-ok" role="img" aria-label="locked down" />
          )}
          {host.group && <Badge tone="outline">{host.group.name}</Badge>}
        </span>
        <span className="block truncate text-muted-foreground text-xs">{hostAddress(host)}</span>
      </span>
      <span className="flex min-w-0 flex-wrap gap-1 sm:w-44">
        {host.targets.map((target) => (
          <Badge key={target.id} tone="outline">
            {serverTitle(target.server, target.version)}
            {!target.running && ' · stopped'}
          </Badge>
        ))}
        {host.targets.length === 0 && (
          <span className="text-muted-foreground text-xs">no web server seen yet</span>
        )}
      </span>
      <span className="sm:w-36">
        {hasChangedKey(host) ? (
          <Badge tone="danger">
            <ShieldAlert />
            Key changed
          </Badge>
        ) : (
          <StatusBadge kind="host" status={host.status} />
        )}
      </span>
      <span className="flex flex-wrap gap-1 lg:w-36">
        {known && sites + drift > 0 && <SyncBadges sync={sync} drift={drift} />}
      </span>
      <span className="text-muted-foreground text-xs max-sm:flex max-sm:w-full max-sm:gap-2 sm:w-24 sm:text-right">
        {host.lastSeenAt ? <RelativeTime at={host.lastSeenAt} /> : 'never seen'}
        {sites > 0 && <span className="block">{sites === 1 ? '1 site' : `${sites} sites`}</span>}
      </span>
    </RowLink>
  );
}

function SyncBadges({ sync, drift }: { sync: HostSync | null; drift: number }) {
  const plus = sync?.more ? '+' : '';
  return (
    <>
      {drift > 0 && (
        <Badge tone="warning">
          <Pencil />
          {fileCount(drift)} drifted
        </Badge>
      )}
      {sync && sync.outOfSync > 0 && (
        <StatusBadge kind="sync" status="out-of-sync" label={`${sync.outOfSync}${plus} out of sync`} />
      )}
      {drift + (sync?.outOfSync ?? 0) === 0 && <StatusBadge kind="sync" status="in-sync" />}
    </>
  );
}
