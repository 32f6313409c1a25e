'use client';
import { useQuery } from '@tanstack/react-query';
import { Laptop, Smartphone } from 'lucide-react';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { toast } from '#components/kit/toast';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { sessionQueries, useRevokeDevice } from '#queries/session';
import { troubleOf } from '../kit/describe-error';
import { deviceName, isHandheld } from './device-name';

export function SessionsSettings() {
  const devices = useQuery(sessionQueries.devices());
  const revoke = useRevokeDevice();
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Where you are signed in</CardTitle>
          <CardDescription>End what you do not know, then change your password.</CardDescription>
        </div>
      </CardHeader>
      {devices.isPending && <Skeleton className="m-4 h-20" />}
      {devices.isError && (
        <div className="p-4">
          <ErrorState error={devices.error} onRetry={() => devices.refetch()} />
        </div>
      )}
      <ul className="divide-y">
        {devices.data?.items.map((device) => {
          const Icon = isHandheld(device.userAgent) ? Smartphone : Laptop;
          const name = deviceName(device.userAgent);
          return (
            <li key={device.id} className="flex items-center gap-3 px-4 py-2.5 text-sm">
              <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-x-2">
                  <span className="font-medium" title={device.userAgent ?? undefined}>
                    {name}
                  </span>
                  {device.current && <Badge tone="ok">this one</Badge>}
                </p>
                <p className="text-muted-foreground text-xs">
                  {device.address && <code>{device.address}</code>} since{' '}
                  <RelativeTime at={device.createdAt} />
                </p>
              </div>
              {!device.current && (
                <Button
                  variant="outline"
                  size="sm"
                  pending={revoke.isPending && revoke.variables === device.id}
                  onClick={() =>
                    revoke.mutate(device.id, {
                      onSuccess: () => toast.success(`${name} is signed out`),
                      onError: (error) =>
                        toast.error(troubleOf(error).title, { description: troubleOf(error).hint }),
                    })
                  }
                >
                  Sign out<span className="sr-only"> {name}</span>
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
