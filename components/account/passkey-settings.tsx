'use client';
import { useQuery } from '@tanstack/react-query';
import { Fingerprint, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { passkeyQueries, useRemovePasskey } from '#queries/passkeys';
import { troubleOf } from '../kit/describe-error';
import { passkeysPossible } from './browser-passkey';
import type { NamedPasskey } from './passkey-dialog';

const PasskeyDialog = later(() => import('./passkey-dialog').then((module) => module.PasskeyDialog));

/** Devices that sign the person in by themselves. */
export function PasskeySettings() {
  const passkeys = useQuery(passkeyQueries.list());
  const remove = useRemovePasskey();
  const [possible, setPossible] = useState(true);
  const [naming, setNaming] = useState<NamedPasskey | null>(null);
  useEffect(() => setPossible(passkeysPossible()), []);
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Passkeys</CardTitle>
          <CardDescription>
            A phone, laptop or security key signs you in by finger, face or PIN; no password, no code.
          </CardDescription>
        </div>
        {possible && (
          <Button size="sm" onClick={() => setNaming({ name: '' })}>
            <Plus />
            Add
          </Button>
        )}
      </CardHeader>
      {passkeys.isPending && <Skeleton className="m-4 h-12" />}
      {passkeys.isError && (
        <div className="p-4">
          <ErrorState error={passkeys.error} onRetry={() => passkeys.refetch()} />
        </div>
      )}
      {passkeys.data?.items.length === 0 && (
        <EmptyState icon={Fingerprint} title="No passkeys" className="py-8">
          {!possible &&
            'Browsers allow them where the dashboard is opened by a name over HTTPS, or by localhost.'}
        </EmptyState>
      )}
      {passkeys.data && passkeys.data.items.length > 0 && (
        <ul className="divide-y">
          {passkeys.data.items.map(({ id, name, createdAt, lastUsedAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-3 px-4 py-2.5 text-sm">
              <div className="min-w-40 flex-1">
                <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
                <p className="text-muted-foreground text-xs">
                  Added <RelativeTime at={createdAt} />
                  {lastUsedAt ? (
                    <>
                      , last used <RelativeTime at={lastUsedAt} />
                    </>
                  ) : (
                    ', never used'
                  )}
                </p>
              </div>
              <Button variant="outline" size="sm" onClick={() => setNaming({ id, name })}>
                Rename<span className="sr-only"> {name}</span>
              </Button>
              <Button
                variant="outline"
                size="sm"
                pending={remove.isPending && remove.variables === id}
                onClick={() =>
                  remove.mutate(id, {
                    onSuccess: () =>
                      toast.success(`“${name}” can no longer sign you in`, {
                        description: 'Remove it from the device, too.',
                      }),
                    onError: (error) =>
                      toast.error(troubleOf(error).title, { description: troubleOf(error).hint }),
                  })
                }
              >
                Remove<span className="sr-only"> {name}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {naming && <PasskeyDialog passkey={naming} onClose={() => setNaming(null)} />}
    </Card>
  );
}
