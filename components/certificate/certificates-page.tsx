'use client';
import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { Certificate } from '#api/contract/certificates';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { SearchField } from '#components/kit/search-field';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { certificateQueries } from '#queries/certificates';
import { CertificateRow } from './certificate-row';

const RevokeDialog = later(() => import('./revoke-dialog').then((module) => module.RevokeDialog));

/** All certificates that the dashboard obtains: those that need attention first. */
export function CertificatesPage() {
  const team = useTeam();
  const certificates = useQuery(certificateQueries.list(team.slug));
  const [search, setSearch] = useState('');
  const [revoking, setRevoking] = useState<Certificate | null>(null);
  const items = certificates.data?.items ?? [];
  const wanted = search.trim().toLowerCase();
  const shown = items.filter(({ name, hostnames, target, issuer }) =>
    [name, issuer, target.hostName, ...hostnames].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Page>
      <PageHeader
        title="Certificates"
        description="Obtained and renewed automatically. Each key is made on its host and never leaves it."
        actions={
          team.can('issuers.manage') && (
            <Button asChild variant="outline" size="sm">
              <Link href={`/${team.slug}/settings/issuers`}>Issuers</Link>
            </Button>
          )
        }
      />
      {items.length > 5 && (
        <SearchField
          value={search}
          onValue={(value) => setSearch(value ?? '')}
          label="Search certificates"
          placeholder="Name, host or issuer"
        />
      )}
      <Card>
        {certificates.isPending && <Skeleton className="m-4 h-20" />}
        {certificates.isError && (
          <div className="p-4">
            <ErrorState error={certificates.error} onRetry={() => certificates.refetch()} />
          </div>
        )}
        {certificates.isSuccess && items.length === 0 && (
          <EmptyState icon={ShieldCheck} title="No certificates yet">
            Add an issuer in the settings, choose “From an issuer” as the certificate of a site, and apply it.
          </EmptyState>
        )}
        {items.length > 0 && shown.length === 0 && (
          <EmptyState icon={ShieldCheck} title="Nothing found">
            No certificate has “{search}” in its name, host names, host or issuer.
          </EmptyState>
        )}
        {shown.length > 0 && (
          <ul className="divide-y">
            {shown.map((certificate) => (
              <CertificateRow
                key={certificate.id}
                certificate={certificate}
                onRevoke={() => setRevoking(certificate)}
              />
            ))}
          </ul>
        )}
      </Card>
      {revoking && <RevokeDialog certificate={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}
