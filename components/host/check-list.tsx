import { CircleDashed } from 'lucide-react';
import type { Host, HostCheck } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { StatusBadge } from '#components/kit/status-badge';
import { cn } from '#components/ui/cn';
import { Spinner } from '#components/ui/spinner';
import { plainOutput } from '../diff/visible-text';
import { checkLooks } from '../kit/looks/check-looks';

/** What is looked at, for the time before the answer is there. */
const titles: Record<HostCheck['id'], string> = {
  reach: 'The host answers',
  'host-key': 'It is the host you confirmed',
  'sign-in': 'The key is accepted',
  root: 'The account may act as root',
  locked: 'The key can do nothing else',
  tools: 'The tools it needs are there',
  'web-server': 'A web server is installed',
  layout: 'Its files are where they are expected',
  included: 'Our files will be read',
  'config-test': 'The configuration passes its own test',
  disk: 'There is room on the disk',
  clock: 'The clock is correct',
};
const ids = Object.keys(titles) as HostCheck['id'][];

/** The check list: green lines in one row, red ones with what to do and what to copy. */
export function CheckList({ host, pending }: { host: Host; pending: boolean }) {
  if (host.checks.length === 0 || pending)
    return <CheckListAhead pending={pending} local={host.transport === 'local'} />;
  return (
    <ul aria-label="Checks" className="divide-y rounded-md border">
      {host.checks.map((check) => (
        <CheckRow key={`${check.id} ${check.title}`} check={check} />
      ))}
    </ul>
  );
}

function CheckRow({ check }: { check: HostCheck }) {
  const open = check.status === 'failed' || check.status === 'warning';
  return (
    <li className="flex gap-2.5 px-3 py-2 text-sm">
      <StatusBadge look={checkLooks[check.status]} variant="icon" className="mt-0.5 self-start" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <div className={cn(!open && 'grid gap-x-4 sm:grid-cols-[16rem_minmax(0,1fr)]')}>
          <p className={check.status === 'skipped' ? 'text-muted-foreground' : 'font-medium'}>
            {plainOutput(check.title)}
          </p>
          {check.message && (
            <p className="whitespace-pre-wrap text-muted-foreground">{plainOutput(check.message)}</p>
          )}
        </div>
        {open && check.fix && <p className="mt-1">{plainOutput(check.fix)}</p>}
        {open && check.commands.length > 0 && (
          <div className="mt-2 flex flex-col gap-2">
            {check.commands.map((command) => (
              <CodeBlock key={command} code={command} label={`command to fix: ${check.title}`} wrap />
            ))}
          </div>
        )}
      </div>
    </li>
  );
}

const sshOnly = new Set<HostCheck['id']>(['reach', 'host-key', 'sign-in', 'locked']);

function CheckListAhead({ pending, local }: { pending: boolean; local: boolean }) {
  return (
    <ul aria-label="Checks" aria-busy={pending} className="divide-y rounded-md border">
      {ids
        .filter((id) => !local || !sshOnly.has(id))
        .map((id) => (
          <li key={id} className="flex items-center gap-2.5 px-3 py-2 text-muted-foreground text-sm">
            {pending ? <Spinner className="size-4" /> : <CircleDashed className="size-4" aria-hidden />}
            {titles[id]}
          </li>
        ))}
    </ul>
  );
}
