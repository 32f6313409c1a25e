'use client';
import { useQuery } from '@tanstack/react-query';
import type { BackupState } from '#api/contract/backup';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { RelativeTime } from '#components/kit/relative-time';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { backupQueries } from '#queries/backup';
import { AdministratorsOnly } from '../kit/administrators-only';
import { fileSize } from '../kit/file-size';
import { shellWord } from '../kit/shell-word';

/** Whether there is a backup, and the commands that make and restore one. */
export function BackupSettings() {
  const { user } = useTeam();
  return user.administrator ? <Backup /> : <AdministratorsOnly />;
}

function Backup() {
  const backup = useQuery(backupQueries.get());
  return (
    <div className="grid gap-5">
      <Card>
        <CardHeader>
          <CardTitle>Backup</CardTitle>
          <CardDescription>
            Everything Gatehouse knows, as one encrypted file. Made and restored on its own machine, never
            over the network.
          </CardDescription>
        </CardHeader>
        {backup.isPending && <RowsSkeleton rows={3} />}
        {backup.isError && (
          <div className="p-4">
            <ErrorState error={backup.error} onRetry={() => backup.refetch()} />
          </div>
        )}
        {backup.data && <LastBackup state={backup.data} />}
      </Card>
      {backup.data && <Commands state={backup.data} />}
    </div>
  );
}

function LastBackup({ state: { last, due, dueDays } }: { state: BackupState }) {
  if (!last)
    return (
      <div className="p-4">
        <Alert tone="warning" title="No backup has ever been made">
          Nothing but this machine’s disk holds your sites, their history and the record. Make one with the
          command below.
        </Alert>
      </div>
    );
  return (
    <div className="grid gap-4 p-4">
      {due && (
        <Alert tone="warning" title={`The last backup is more than ${dueDays} days old`}>
          What was saved and applied since then would be lost with this machine’s disk.
        </Alert>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
        <dt className="text-muted-foreground">Last made</dt>
        <dd>
          <RelativeTime at={last.at} />
        </dd>
        <dt className="text-muted-foreground">Size</dt>
        <dd>{fileSize(last.bytes)}</dd>
        <dt className="text-muted-foreground">Written to</dt>
        <dd className="[overflow-wrap:anywhere]">
          {last.file === null ? 'not noted' : <code className="text-xs">{last.file}</code>}
        </dd>
        <dt className="text-muted-foreground">Key of the secrets</dt>
        <dd>{last.withKey ? 'inside' : 'not inside: keep a copy of it in another place'}</dd>
      </dl>
    </div>
  );
}

function Commands({ state: { dataDir, secretKeyFile } }: { state: BackupState }) {
  const environment = `GATEHOUSE_DATA_DIR=${shellWord(dataDir)}`;
  const make = `${environment} gatehouse backup --recipient age1… --out /backup/gatehouse-$(date +%F).age`;
  const restore = `gatehouse restore gatehouse-2027-01-31.age --identity backup.key --key-file secret.key --data-dir /var/lib/gatehouse`;
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>Make one</CardTitle>
          <CardDescription>
            On the machine of the dashboard, which goes on running; put it in a timer for every night.
          </CardDescription>
        </CardHeader>
        <div className="grid gap-3 p-4 text-sm">
          <CodeBlock wrap label="the command that makes a backup" code={make} />
          <p className="text-muted-foreground">
            Replace <code>age1…</code> with your public key. <code>gatehouse backup identity</code> makes the
            pair: run it on another machine, and keep the private half there.
          </p>
          <p className="text-muted-foreground">
            The key of the secrets is not inside, so that a stolen archive opens no host. Copy it to another
            place once, and again after a rotation:
          </p>
          <CodeBlock wrap label="the place of the key" code={secretKeyFile} />
        </div>
      </Card>
      <Card>
        <CardHeader>
          <CardTitle>Restore</CardTitle>
          <CardDescription>
            Into an empty directory. An archive that was truncated or changed is refused as a whole.
          </CardDescription>
        </CardHeader>
        <div className="grid gap-3 p-4 text-sm">
          <CodeBlock wrap label="the command that restores a backup" code={restore} />
          <p className="text-muted-foreground">
            Try it now and then into a directory of its own. It brings back the state at that moment, for
            access too: people and API tokens that were removed later are there again.
          </p>
        </div>
      </Card>
    </>
  );
}
