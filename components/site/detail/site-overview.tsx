'use client';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { SiteDetail } from '#api/contract/sites';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '#components/ui/table';
import { presetTitles } from '#core/site/preset-titles';
import { syncLooks } from '../../kit/looks/sync-looks';
import { serverTitle } from '../../kit/server-title';
import { CertificateDays } from '../certificate-days';
import { HeldNote } from './held-note';
import { LastChange } from './last-change';
import { Neighbours } from './neighbours';
import { RunsHereSwitch } from './runs-here-switch';
import { SiteProbes } from './site-probes';

const CiServerChecklist = later(
  () => import('../ci-server-checklist').then((module) => module.CiServerChecklist),
  () => <Skeleton className="h-40" />,
);

export function SiteOverview({ site }: { site: SiteDetail }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <TargetsCard site={site} />
        <SiteProbes siteId={site.id} targets={site.targets} />
        <Card>
          <CardHeader>
            <CardTitle>On the CI server</CardTitle>
            <span className="text-muted-foreground text-xs">
              settings in {presetTitles[site.preset]} itself
            </span>
          </CardHeader>
          <CardContent>
            <CiServerChecklist site={site.document} />
          </CardContent>
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-4 max-lg:contents">
        <FactsCard site={site} />
        <LastChange site={site} />
        <Neighbours site={site} />
      </div>
    </div>
  );
}

function TargetsCard({ site }: { site: SiteDetail }) {
  const team = useTeam();
  return (
    <Card>
      <CardHeader>
        <CardTitle>Runs on</CardTitle>
      </CardHeader>
      {site.targets.length === 0 ? (
        <CardContent className="text-muted-foreground text-sm">
          Nowhere yet.{' '}
          {team.can('sites.write') && (
            <Link href={`/${team.slug}/sites/${site.id}/edit`} className="text-brand hover:underline">
              Choose its hosts
            </Link>
          )}
        </CardContent>
      ) : (
        <Table>
          <TableHeader>
            <TableRow>
              <TableHead>Host</TableHead>
              <TableHead className="max-sm:hidden">Web server</TableHead>
              <TableHead>Revision</TableHead>
              <TableHead>Sync</TableHead>
              <TableHead className="text-right">Runs here</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {site.targets.map((target) => (
              <TableRow key={target.targetId}>
                <TableCell>
                  <Link href={`/${team.slug}/hosts/${target.hostId}`} className="font-medium hover:underline">
                    {target.hostName}
                  </Link>
                  <span className="block text-muted-foreground text-xs sm:hidden">
                    {serverTitle(target.server)}
                  </span>
                </TableCell>
                <TableCell className="text-muted-foreground max-sm:hidden">
                  {serverTitle(target.server)}
                </TableCell>
                <TableCell className="whitespace-nowrap tabular-nums">
                  {target.appliedRevision === null ? (
                    <span className="text-muted-foreground">none yet</span>
                  ) : (
                    <>
                      {target.appliedRevision}
                      {target.appliedRevision !== site.head && (
                        <span className="text-muted-foreground"> of {site.head}</span>
                      )}
                      {target.appliedAt && (
                        <span className="ml-2 text-muted-foreground text-xs max-sm:hidden">
                          <RelativeTime at={target.appliedAt} />
                        </span>
                      )}
                    </>
                  )}
                </TableCell>
                <TableCell>
                  <StatusBadge
                    look={syncLooks[target.sync]}
                    variant="plain"
                    {...(target.removing && { label: 'To be taken off' })}
                  />
                  {target.sync === 'drifted' && (
                    <Link
                      href={`/${team.slug}/drift?search=${encodeURIComponent(site.name)}`}
                      className="ml-2 text-brand text-xs underline-offset-4 hover:underline"
                    >
                      What changed
                    </Link>
                  )}
                  {target.held && <HeldNote site={site} held={target.held} />}
                </TableCell>
                <TableCell className="text-right">
                  <RunsHereSwitch site={site} targetId={target.targetId} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}

function FactsCard({ site }: { site: SiteDetail }) {
  const { document } = site;
  const servers = document.upstreams.flatMap((upstream) =>
    upstream.servers.map((server) =>
      'socket' in server
        ? `unix:${server.socket}`
        : `${upstream.scheme}://${bracketed(server.address)}:${server.port}`,
    ),
  );
  return (
    <Card className="max-lg:order-first">
      <CardContent>
        <dl className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-2.5 text-sm">
          <Fact name="CI server">
            {presetTitles[site.preset]} {document.appVersion}
          </Fact>
          <Fact name="Host names">
            {site.hostnames.map((hostname) => (
              <code key={hostname} className="block text-xs leading-5">
                {hostname}
              </code>
            ))}
          </Fact>
          <Fact name="Upstream">
            {servers.map((server) => (
              <code key={server} className="block text-xs leading-5">
                {server}
              </code>
            ))}
          </Fact>
          <Fact name="Certificate">
            <CertificateDays expiresAt={site.certificateExpiresAt} long />
          </Fact>
          {site.lists.length > 0 && <Fact name="Lists">{site.lists.map(({ name }) => name).join(', ')}</Fact>}
          <Fact name="Last apply">
            {site.lastApply ? (
              <>
                <RelativeTime at={site.lastApply.at} />
                {site.lastApply.by && <> by {site.lastApply.by.name}</>}
              </>
            ) : (
              'never'
            )}
          </Fact>
          {document.description && <Fact name="About">{document.description}</Fact>}
        </dl>
      </CardContent>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
