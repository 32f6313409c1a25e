'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { parseAsString, useQueryStates } from 'nuqs';
import { type FormEvent, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Host } from '#api/contract/hosts';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Card, CardContent } from '#components/ui/card';
import { NativeSelect } from '#components/ui/native-select';
import { Skeleton } from '#components/ui/skeleton';
import { hostQueries, useUpdateHost } from '#queries/hosts';
import { policyQueries } from '#queries/policies';
import { focusFirstError } from '../kit/focus-first-error';
import { TextField } from '../kit/text-field';
import { type AddressErrors, addressErrorsOf, readAddress, type TypedAddress } from './address-errors';
import { AddressFields } from './address-fields';
import { CertificateField } from './certificate-field';
import { setupHref } from './setup-href';

/** How a host is called and reached. */
export function EditHost({ id }: { id: string }) {
  const team = useTeam();
  const host = useQuery(hostQueries.get(team.slug, id));
  return (
    <Page className="max-w-2xl">
      <PageHeader
        title={host.data ? `Edit ${host.data.name}` : 'Edit host'}
        parents={[
          { label: 'Hosts', href: `/${team.slug}/hosts` },
          ...(host.data ? [{ label: host.data.name, href: `/${team.slug}/hosts/${id}` }] : []),
        ]}
      />
      {host.data ? (
        <EditForm host={host.data} />
      ) : host.isError ? (
        <ErrorState error={host.error} onRetry={() => host.refetch()} />
      ) : (
        <Skeleton className="h-64" />
      )}
    </Page>
  );
}

function EditForm({ host }: { host: Host }) {
  const team = useTeam();
  const router = useRouter();
  // Only what differs from the host is in the URL, so that a reload keeps it.
  const [query, setQuery] = useQueryStates({
    name: parseAsString.withDefault(host.name),
    address: parseAsString.withDefault(host.address),
    port: parseAsString.withDefault(`${host.port}`),
    user: parseAsString.withDefault(host.user),
    group: parseAsString.withDefault(host.group?.id ?? ''),
    jumpHostId: parseAsString.withDefault(host.jumpHost?.id ?? ''),
  });
  const [certificate, setCertificate] = useState('');
  const [errors, setErrors] = useState<AddressErrors>({});
  const update = useUpdateHost(team.slug, host.id);
  const local = host.transport === 'local';
  const policies = useQuery(policyQueries.get(team.slug));
  const { group, ...typed }: TypedAddress & { group: string } = query;
  const moves =
    !local &&
    (typed.address.trim() !== host.address ||
      typed.port.trim() !== `${host.port}` ||
      typed.jumpHostId !== (host.jumpHost?.id ?? ''));
  const serverErrors = addressErrorsOf(update.error);
  const certificateIssue =
    update.error instanceof ProblemError
      ? update.error.problem.issues.find(({ path }) => path.join('.') === 'certificate')?.message
      : undefined;
  const shown = { ...serverErrors, ...errors };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const read = await readAddress(
      local ? { ...typed, address: 'localhost', port: '22', user: 'root' } : typed,
    );
    flushSync(() => setErrors(read.ok ? {} : read.errors));
    if (!read.ok) {
      focusFirstError(form);
      return;
    }
    const address = local ? { name: read.value.name } : read.value;
    update.mutate(
      {
        ...address,
        groupId: group || null,
        ...(certificate.trim() && { certificate }),
      },
      {
        onSuccess: (saved) =>
          router.push(
            saved.transport === 'ssh' && !saved.pinnedKey
              ? setupHref(team.slug, saved.id, 'fingerprint')
              : `/${team.slug}/hosts/${saved.id}`,
          ),
        onError: () => focusFirstError(form),
      },
    );
  };
  const back =
    host.status === 'new' && !host.pinnedKey && !local
      ? setupHref(team.slug, host.id, 'fingerprint')
      : `/${team.slug}/hosts/${host.id}`;

  return (
    <Card>
      <CardContent className="px-5 py-5">
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {local ? (
            <TextField
              label="Name"
              name="name"
              value={typed.name}
              onChange={(event) => void setQuery({ name: event.target.value })}
              error={shown.name}
            />
          ) : (
            <AddressFields
              value={typed}
              onChange={(change) => void setQuery(change)}
              errors={shown}
              hostId={host.id}
              fixedUser={host.access === 'enrolled'}
            />
          )}
          {host.certificate && (
            <CertificateField
              value={certificate}
              onChange={setCertificate}
              error={certificateIssue}
              hint="A newer one of the same key. Leave it empty to keep the one in use."
            />
          )}
          <FormField label="Group" hint="Hosts under one policy, made in Settings → Policies.">
            {(control) => (
              <NativeSelect
                {...control}
                value={group}
                onChange={(event) => void setQuery({ group: event.target.value })}
              >
                <option value="">None</option>
                {policies.data?.groups.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FormField>
          {moves && host.pinnedKey && (
            <Alert tone="warning" title="Another address may be another machine">
              Saving forgets the trusted host key. You compare the fingerprint again before anything is sent
              there.
            </Alert>
          )}
          {update.isError && !certificateIssue && Object.keys(serverErrors).length === 0 && (
            <ErrorState error={update.error} />
          )}
          <div className="flex flex-row-reverse flex-wrap justify-start gap-2 border-t pt-4">
            <Button type="submit" pending={update.isPending}>
              Save
            </Button>
            <Button asChild variant="ghost">
              <Link href={back}>Cancel</Link>
            </Button>
          </div>
        </form>
      </CardContent>
    </Card>
  );
}
