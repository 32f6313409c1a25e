'use client';
import { KeyRound, Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import type { Host } from '#api/contract/hosts';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { CertificateFacts } from './certificate-facts';
import { KeyFingerprint } from './key-fingerprint';
import { NextKey } from './next-key';
import { OldKey } from './old-key';
import { PublicKey } from './public-key';

const ChangeKeyDialog = later(() => import('./change-key-dialog').then((module) => module.ChangeKeyDialog));

/** Whether a stolen key would be root there. */
export function AccessBadge({ host }: { host: Pick<Host, 'access'> }) {
  return host.access === 'enrolled' ? (
    <Badge tone="ok">
      <Lock />
      Locked down
    </Badge>
  ) : (
    <Badge tone="outline">
      <LockOpen />
      Direct access
    </Badge>
  );
}

const loginWords = {
  key: 'With a key pair that is kept here, encrypted.',
  certificate: 'With a key that is kept here, encrypted, and a certificate of it.',
  agent: 'With the SSH agent of the dashboard’s own account.',
} as const;

/** The keys of both ends, what ours may do, and the ways to change that. */
export function HostKeys({ host }: { host: Host }) {
  const team = useTeam();
  const [changingTo, setChangingTo] = useState<Host['access'] | null>(null);
  const mayWrite = team.can('hosts.write') && host.pinnedKey !== null;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex flex-wrap items-center gap-2">
          Keys
          <AccessBadge host={host} />
        </CardTitle>
        {mayWrite && !host.nextKey && (
          <div className="flex flex-wrap gap-2">
            {host.login === 'key' && (
              <Button
                variant="outline"
                size="sm"
                aria-haspopup="dialog"
                onClick={() => setChangingTo(host.access)}
              >
                <KeyRound />
                Change the key…
              </Button>
            )}
            {host.access === 'direct' && (
              <Button
                variant="outline"
                size="sm"
                aria-haspopup="dialog"
                onClick={() => setChangingTo('enrolled')}
              >
                <Lock />
                Lock this key down…
              </Button>
            )}
          </div>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-5">
        <p className="text-sm">
          {host.access === 'enrolled'
            ? 'This key can do nothing but run the helper, which writes the web server’s managed files and nothing else. The check list tries it.'
            : `Who has this key is ${host.user === 'root' ? 'root' : `${host.user}, and root by sudo,`} on this machine. Good for a first try; lock it down for anything that lasts.`}{' '}
          <span className="text-muted-foreground">
            {loginWords[host.login]}
            {host.keyChangedAt && (
              <>
                {' '}
                Changed <RelativeTime at={host.keyChangedAt} />.
              </>
            )}
          </span>
        </p>
        <OldKey host={host} />
        {mayWrite && <NextKey host={host} />}
        <div className="grid gap-5 lg:grid-cols-2">
          <div className="min-w-0">
            <h3 className="mb-1 font-medium text-sm">The host’s key, as you trusted it</h3>
            {host.pinnedKey ? (
              <KeyFingerprint hostKey={host.pinnedKey} />
            ) : (
              <p className="text-muted-foreground text-sm">No key is trusted yet.</p>
            )}
          </div>
          <PublicKey host={host} />
          <CertificateFacts host={host} />
        </div>
      </CardContent>
      {changingTo && <ChangeKeyDialog host={host} access={changingTo} onClose={() => setChangingTo(null)} />}
    </Card>
  );
}
