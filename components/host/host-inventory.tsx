'use client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { HostInventory as Inventory } from '#api/contract/host-inventory';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { SearchField } from '#components/kit/search-field';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import type { ServedBlock } from '#core/inventory/server-inventory';
import { hostQueries } from '#queries/hosts';
import { plainOutput } from '../diff/visible-text';
import { serverTitle } from '../kit/server-title';

/** What the host's web servers were last seen to serve: the sites from here, and those of others. */
export function HostInventory({ hostId }: { hostId: string }) {
  const team = useTeam();
  const inventory = useQuery(hostQueries.inventory(team.slug, hostId));
  const [search, setSearch] = useState('');
  const servers = inventory.data?.servers ?? [];
  const total = servers.reduce((sum, each) => sum + (each.inventory?.blocks.length ?? 0), 0);
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>
          Served here{total > 0 && <span className="ml-1.5 font-normal text-muted-foreground">{total}</span>}
        </CardTitle>
        {total > 8 && (
          <SearchField
            className="sm:w-64"
            label="Search what is served"
            placeholder="Name, port or file"
            value={search}
            onValue={(value) => setSearch(value ?? '')}
          />
        )}
      </CardHeader>
      {inventory.isPending && <Skeleton className="m-4 h-6" />}
      {inventory.isError && <ErrorState error={inventory.error} onRetry={() => inventory.refetch()} />}
      {inventory.isSuccess && servers.length === 0 && (
        <p className="px-4 py-3 text-muted-foreground text-sm">
          No web server is known yet. The check list looks for one.
        </p>
      )}
      {servers.map((each) => (
        <ServerPart
          key={each.targetId}
          part={each}
          search={search.trim().toLowerCase()}
          alone={servers.length === 1}
        />
      ))}
    </Card>
  );
}

type Part = Inventory['servers'][number];
const shownAtFirst = 12;

const textOf = ({ names, listens, file, upstream }: ServedBlock) =>
  [...names, ...listens.map(({ address, port }) => `${address}:${port}`), file, upstream ?? '']
    .join(' ')
    .toLowerCase();

function ServerPart({ part, search, alone }: { part: Part; search: string; alone: boolean }) {
  const { server, readAt, error, inventory } = part;
  const [all, setAll] = useState(false);
  const id = useId();
  const found = inventory?.blocks.filter((block) => textOf(block).includes(search)) ?? [];
  const shown = all || search ? found : found.slice(0, shownAtFirst);
  const others = inventory?.blocks.filter(({ managed }) => !managed).length ?? 0;
  return (
    <section aria-labelledby={id} className="border-t first-of-type:border-t">
      <h3 id={id} className="flex flex-wrap gap-x-2 px-4 pt-3 text-sm">
        <span className="font-medium">{serverTitle(server)}</span>
        <span className="text-muted-foreground">
          {inventory ? `${others} not from Gatehouse, ` : ''}
          {readAt ? (
            <>
              read <RelativeTime at={readAt} />
            </>
          ) : (
            'not read yet'
          )}
        </span>
      </h3>
      {!inventory && (
        <p className="px-4 py-2 text-muted-foreground text-sm [overflow-wrap:anywhere]">
          {error
            ? `What it serves could not be read, because ${plainOutput(error)}.`
            : 'What it serves is read when the check list runs.'}
        </p>
      )}
      {inventory && inventory.blocks.length === 0 && (
        <p className="px-4 py-2 text-muted-foreground text-sm">
          {inventory.gaps.length > 0 ? 'No block could be read.' : 'It serves no site.'}
        </p>
      )}
      {inventory && inventory.blocks.length > 0 && found.length === 0 && (
        <p className="px-4 py-2 text-muted-foreground text-sm">
          Nothing{alone ? '' : ` of ${serverTitle(server)}`} matches the search.
        </p>
      )}
      {shown.length > 0 && (
        <ul className="divide-y">
          {shown.map((block) => (
            <BlockRow key={`${block.file} ${block.line} ${block.path} ${block.names.join()}`} block={block} />
          ))}
        </ul>
      )}
      {found.length > shown.length && (
        <Button variant="ghost" className="w-full rounded-none border-t" onClick={() => setAll(true)}>
          Show all {found.length}
        </Button>
      )}
      {inventory && inventory.gaps.length > 0 && (
        <ul className="border-t px-4 py-2 text-sm">
          {inventory.gaps.map(({ path, line, message }) => (
            <li key={`${path} ${line} ${message}`} className="text-warning [overflow-wrap:anywhere]">
              <code>{line === null ? path : `${path}:${line}`}</code> {plainOutput(message)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function BlockRow({ block }: { block: ServedBlock }) {
  const { names, listens, file, line, managed, upstream, path } = block;
  const shown = names.filter((name) => name !== '' && name !== '_');
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2 text-sm">
      <span className="min-w-0 flex-1 basis-52 font-medium [overflow-wrap:anywhere]">
        {shown.length > 0 ? shown.map(plainOutput).join(', ') : 'any name'}
        {path && <span className="text-muted-foreground">{plainOutput(path)}</span>}
        {upstream && (
          <span className="block font-normal text-muted-foreground text-xs">to {plainOutput(upstream)}</span>
        )}
      </span>
      <span className="min-w-0 basis-40 text-muted-foreground [overflow-wrap:anywhere]">
        {listens
          .map(({ address, port, tls, isDefault }) =>
            [`${address}:${port || 'any port'}`, tls && 'TLS', isDefault && 'default']
              .filter(Boolean)
              .join(' '),
          )
          .join(', ')}
      </span>
      <code className="min-w-0 flex-1 basis-52 text-muted-foreground text-xs [overflow-wrap:anywhere]">
        {plainOutput(`${file}:${line}`)}
      </code>
      <Badge tone={managed ? 'ok' : 'outline'}>{managed ? 'Gatehouse' : 'others'}</Badge>
    </li>
  );
}
