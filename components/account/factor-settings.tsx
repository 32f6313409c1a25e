'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { Alert } from '#components/ui/alert';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { factorQueries } from '#queries/factors';

const SetUpFactorDialog = later(() =>
  import('./set-up-factor-dialog').then((module) => module.SetUpFactorDialog),
);
const FactorCodeDialog = later(() =>
  import('./factor-code-dialog').then((module) => module.FactorCodeDialog),
);

/** An authenticator app as second factor, and the codes for the day it is lost. */
export function FactorSettings() {
  const factors = useQuery(factorQueries.get());
  const [open, setOpen] = useState<'set-up' | 'remove' | 'renew' | null>(null);
  const close = () => setOpen(null);
  const since = factors.data?.authenticatorSince;
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Second factor</CardTitle>
          <CardDescription>A code of an authenticator app, asked for after the password.</CardDescription>
        </div>
        {factors.data && !since && (
          <Button size="sm" onClick={() => setOpen('set-up')}>
            Set up
          </Button>
        )}
      </CardHeader>
      {factors.isPending && <Skeleton className="m-4 h-12" />}
      {factors.isError && (
        <div className="p-4">
          <ErrorState error={factors.error} onRetry={() => factors.refetch()} />
        </div>
      )}
      {factors.data && (
        <CardContent className="flex flex-col gap-3 text-sm">
          {since ? (
            <>
              <p className="flex flex-wrap items-center gap-2">
                <Badge tone="ok">on</Badge>
                <span>
                  Set up <RelativeTime at={since} />, {factors.data.recoveryCodesLeft} of 10 recovery codes
                  left
                </span>
              </p>
              {factors.data.recoveryCodesLeft < 3 && (
                <Alert tone="warning" title="Few recovery codes are left">
                  Make new ones before you need them.
                </Alert>
              )}
              <p className="flex flex-wrap gap-2">
                <Button variant="outline" size="sm" onClick={() => setOpen('renew')}>
                  New recovery codes
                </Button>
                <Button variant="outline" size="sm" onClick={() => setOpen('remove')}>
                  Turn off
                </Button>
              </p>
            </>
          ) : (
            <p className="text-muted-foreground">
              Off. Anyone who learns your password can sign in as you, and change what your hosts serve.
            </p>
          )}
        </CardContent>
      )}
      {open === 'set-up' && (
        <SetUpFactorDialog asksPassword={factors.data?.hasPassword ?? true} onClose={close} />
      )}
      {(open === 'remove' || open === 'renew') && (
        <FactorCodeDialog purpose={open} asksPassword={factors.data?.hasPassword ?? true} onClose={close} />
      )}
    </Card>
  );
}
