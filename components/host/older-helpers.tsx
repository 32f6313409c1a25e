'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Skeleton } from '#components/ui/skeleton';
import type { AnswerOf } from '#queries/call';
import { hostQueries } from '#queries/hosts';
import { runScriptOverSshCommand } from './authorized-key';
import { ScriptDownload } from './script-download';

type Helper = AnswerOf<'hosts.helpers'>['items'][number];

/** Says which locked-down hosts have a helper that is older than the dashboard, and how root brings them up to date. */
export function OlderHelpers() {
  const team = useTeam();
  const [open, setOpen] = useState(false);
  const helpers = useQuery(hostQueries.helpers(team.slug));
  const older = (helpers.data?.items ?? []).filter(({ helper }) => helper === 'outdated');
  if (older.length === 0) return null;
  const names = older.slice(0, 5).map(({ name }) => name);
  const rest = older.length - names.length;
  return (
    <Alert
      tone="warning"
      title={
        older.length === 1
          ? `The helper on ${names[0]} is not the one of this dashboard`
          : `The helpers on ${older.length} hosts are not the one of this dashboard`
      }
      action={
        <Button variant="outline" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Bring up to date'}
        </Button>
      }
    >
      <p className="[overflow-wrap:anywhere]">
        {older.length > 1 && `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}. `}
        They get no work until root has run one script there.
      </p>
      {open && <UpgradeScript hosts={older} />}
    </Alert>
  );
}

function UpgradeScript({ hosts }: { hosts: readonly Helper[] }) {
  const team = useTeam();
  const script = useQuery(hostQueries.upgrade(team.slug));
  if (script.isError) return <ErrorState error={script.error} onRetry={() => script.refetch()} />;
  if (!script.data) {
    return (
      <div role="status">
        <span className="sr-only">Loading the script</span>
        <Skeleton className="h-24" />
      </div>
    );
  }
  const { fileName, script: text, helperSha256 } = script.data;
  const commands = hosts.map(({ address, port }) => runScriptOverSshCommand(fileName, address, port));
  return (
    <div className="mt-3 flex min-w-0 flex-col gap-3 text-foreground text-sm">
      <ScriptDownload fileName={fileName} text={text} label="upgrade script" />
      <p>Where you downloaded it, on a computer that can sign in there as root:</p>
      <CodeBlock code={commands.join('\n')} label="commands that run the script on each host" maxLines={12} />
      <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
        It replaces the helper and nothing else, and holds no secret. The key of the dashboard cannot do this.
        Then check the hosts again. SHA-256 of the helper: <code>{helperSha256}</code>
      </p>
    </div>
  );
}
