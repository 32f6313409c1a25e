'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTeam } from '#components/kit/team-context';
import { issuerQueries } from '#queries/certificates';
import { ChoiceControl, TextControl, unset } from './controls';

/** From whom a certificate is obtained, and what kind of key the host makes for it. */
export function IssuerFields({ field }: { field: string }) {
  const team = useTeam();
  const issuers = useQuery(issuerQueries.list(team.slug));
  const names = (issuers.data?.items ?? []).map(({ name }) => name);
  const settings = (
    <Link href={`/${team.slug}/settings/issuers`} className="underline underline-offset-4">
      Settings → Issuers
    </Link>
  );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {names.length > 0 ? (
        <ChoiceControl
          field={`${field}.issuer`}
          label="Issuer"
          options={names.map((name) => ({ value: name, label: name }))}
        />
      ) : (
        <TextControl
          field={`${field}.issuer`}
          label="Issuer"
          placeholder="letsencrypt"
          hint={<>There is none yet. An admin adds one in {settings}.</>}
        />
      )}
      <ChoiceControl
        field={`${field}.keyType`}
        label="Key"
        options={[
          { value: unset, label: 'ECDSA P-256', description: 'small and fast, for every client of today' },
          { value: 'rsa', label: 'RSA 2048', description: 'for very old clients' },
        ]}
      />
    </div>
  );
}
