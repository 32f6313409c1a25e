'use client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Lock, Pencil, Plus, Server, ShieldAlert } from 'lucide-react';
import Link from 'next/link';
import { debounce, parseAsString, useQueryStates } from 'nuqs';
import type { HostSummary } from '#api/contract/host-lists';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { LoadMore } from '#components/kit/load-more';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { SearchField } from '#components/kit/search-field';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { NativeSelect } from '#components/ui/native-select';
import { driftQueries } from '#queries/drift';
import { hostQueries } from '#queries/hosts';
import { policyQueries } from '#queries/policies';
import { fileCount } from '../drift/drift-words';
import { ListSkeleton } from '../kit/list-skeleton';
import { hostLooks } from '../kit/looks/host-looks';
import { syncLooks } from '../kit/looks/sync-looks';
import { useRowKeys } from '../kit/row-keys';
import { RowLink } from '../kit/row-link';
import { serverTitle } from '../kit/server-title';
import { hasChangedKey } from './has-changed-key';
import { hostAddress, pendingSetup } from './host-address';
import { OlderHelpers } from './older-helpers';
import { setupHref } from './setup-href';

/** From this many hosts on a search field is worth its place. */
const searchFrom = 6;

const parsers = {
  search: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(200) }),
  group: parseAsString,
};

/** The machines of the team. */
export function HostList() {
  const team = useTeam();
  useRowKeys();
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const search = state.search.trim();
  const narrowed = search !== '' || state.group !== null;
  const hosts = useInfiniteQuery({
    ...hostQueries.list(team.slug, {
      ...(search && { search }),
      ...(state.group && { groupId: state.group }),
    }),
    placeholderData: keepPreviousData,
  });
  const policies = useQuery(policyQueries.get(team.slug));
  const drift = useQuery(driftQueries.summary(team.slug));
  const driftOf = (id: string) => drift.data?.hosts.find((host) => host.id === id)?.open ?? 0;
  const items = hosts.data?.pages.flatMap((page) => page.items) ?? [];
  const total = hosts.data?.pages.at(-1)?.total ?? 0;
  const groups = (policies.data?.groups ?? []).filter(
    (group) => group.hosts.length > 0 || group.id === state.group,
  );
  const empty = hosts.isSuccess && total === 0 && !hosts.isPlaceholderData;
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
        description={
          total >= searchFrom
            ? `${total.toLocaleString('en')} ${total === 1 ? 'machine' : 'machines'} with a web server, reached by SSH.`
            : 'Machines with a web server, reached by SSH.'
        }
        actions={(total > 0 || narrowed) && add}
      />
      <OlderHelpers />
      {(total >= searchFrom || narrowed || groups.length > 0) && (
        <search className="flex flex-wrap items-center gap-2" aria-label="Filter hosts">
          {(total >= searchFrom || narrowed) && (
            <SearchField
              label="Search hosts"
              placeholder="Search name or address"
              className="sm:w-64"
              value={state.search}
              onValue={(text) => setState({ search: text })}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                setState({ search: null });
                event.currentTarget.blur();
              }}
            />
          )}
          {(groups.length > 0 || state.group !== null) && (
            <NativeSelect
              aria-label="Group"
              value={state.group ?? ''}
              onChange={(event) => void setState({ group: event.target.value || null })}
              className="w-auto max-w-48"
            >
              <option value="">All groups</option>
              {groups.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              <option value="none">In no group</option>
            </NativeSelect>
          )}
        </search>
      )}
      {hosts.isPending && <ListSkeleton what="hosts" />}
      {hosts.isError && <ErrorState error={hosts.error} onRetry={() => hosts.refetch()} />}
      {empty && !narrowed && (
        <Card>
          <EmptyState icon={Server} title="No host yet" action={add}>
            A host is a machine with nginx, Apache or Caddy on it. Gatehouse signs in by SSH with a key of its
            own and installs nothing.
          </EmptyState>
        </Card>
      )}
      {empty && narrowed && (
        <Card>
          <EmptyState
            icon={Server}
            title="No host matches"
            action={
              <Button variant="outline" onClick={() => void setState({ search: null, group: null })}>
                Clear the filter
              </Button>
            }
          >
            {search ? `No name or address contains “${search}”.` : 'No host is in this group.'}
          </EmptyState>
        </Card>
      )}
      {items.length > 0 && (
        <Card className="overflow-hidden">
          <ul aria-label="Hosts" className="divide-y">
            {items.map((host) => (
              <HostRow
                key={host.id}
                team={team.slug}
                host={host}
                known={!drift.isPending}
                drift={driftOf(host.id)}
              />
            ))}
          </ul>
        </Card>
      )}
      <LoadMore query={hosts} />
    </Page>
  );
}

interface RowProps {
  team: string;
  host: HostSummary;
  /** Whether it is known already what others changed. */
  known: boolean;
  /** Files that others changed there. */
  drift: number;
}

function HostRow({ team, host, known, drift }: RowProps) {
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
          <StatusBadge look={hostLooks[host.status]} />
        )}
      </span>
      <span className="flex flex-wrap gap-1 lg:w-36">
        {known && sites + drift > 0 && <SyncBadges outOfSync={host.outOfSync} drift={drift} />}
      </span>
      <span className="text-muted-foreground text-xs max-sm:flex max-sm:w-full max-sm:gap-2 sm:w-24 sm:text-right">
        {host.lastSeenAt ? <RelativeTime at={host.lastSeenAt} /> : 'never seen'}
        {sites > 0 && <span className="block">{sites === 1 ? '1 site' : `${sites} sites`}</span>}
      </span>
    </RowLink>
  );
}

function SyncBadges({ outOfSync, drift }: { outOfSync: number; drift: number }) {
  return (
    <>
      {drift > 0 && (
        <Badge tone="warning">
          <Pencil />
          {fileCount(drift)} drifted
        </Badge>
      )}
      {outOfSync > 0 && <StatusBadge look={syncLooks['out-of-sync']} label={`${outOfSync} out of sync`} />}
      {drift + outOfSync === 0 && <StatusBadge look={syncLooks['in-sync']} />}
    </>
  );
}
