'use client';
import { useQuery } from '@tanstack/react-query';
import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Skeleton } from '#components/ui/skeleton';
import { hostQueries } from '#queries/hosts';
import { runScriptCommand, runScriptOverSshCommand } from './authorized-key';
import { ScriptDownload } from './script-download';

/** The script that locks a key down: to download, to read, and the one line that runs it. */
export function BootstrapScript({ host, publicKey }: { host: Host; publicKey: string }) {
  const team = useTeam();
  const script = useQuery(hostQueries.bootstrap(team.slug, host.id, publicKey));
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
  return (
    <div className="flex min-w-0 flex-col gap-3 text-sm">
      <ScriptDownload fileName={fileName} text={text} label="bootstrap script" />
      <div className="flex flex-col gap-1.5">
        <p>Where you downloaded it, on a computer that can sign in there as root:</p>
        <CodeBlock
          code={runScriptOverSshCommand(fileName, host.address, host.port)}
          label="command that runs the script from your computer"
          wrap
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <p>Or on the machine itself, once the file is there:</p>
        <CodeBlock code={runScriptCommand(fileName)} label="command that runs the script" wrap />
      </div>
      <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
        It makes an account <code>gatehouse</code>, puts the helper at <code>/usr/local/lib/gatehouse</code>,
        and holds the key to it. It holds no secret; with <code>--remove</code> it takes all of that back.
        SHA-256 of the helper: <code>{helperSha256}</code>
      </p>
    </div>
  );
}
