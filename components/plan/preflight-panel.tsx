import { CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import { cn } from '#components/ui/cn';
import type { Preflight, TargetPlan } from '#core/plan/target-plan';
import { ToolOutput } from '../apply/tool-output';
import { serverTitle } from '../kit/server-title';
import { IssueList } from './issue-list';

const methods = {
  namespace: 'read with the exact paths, in a mount namespace of its own, where nothing live is touched',
  copy: 'on a copy beside the live files, because the host allows no private mount namespace; paths in messages are the copy’s',
  live: 'on the files as they are now only: this host can test nothing else before the apply',
} as const satisfies Record<NonNullable<Preflight['method']>, string>;

const looks = {
  passed: { icon: CircleCheck, tone: 'text-ok', box: 'border-ok/25 bg-ok-subtle/50' },
  failed: { icon: CircleX, tone: 'text-danger', box: 'border-danger/30 bg-danger-subtle/50' },
  'not-run': { icon: CircleHelp, tone: 'text-warning', box: 'border-warning/25 bg-warning-subtle/50' },
} as const;

/** What the host's own test says about the files as they will be. */
export function PreflightPanel({
  team,
  plan,
  brief = false,
}: {
  team: string;
  plan: TargetPlan;
  brief?: boolean;
}) {
  const { preflight } = plan;
  const server = serverTitle(plan.target.server);
  const { icon: Icon, tone, box } = looks[preflight.status];
  const title = {
    passed: `${server}’s own test on ${plan.hostName} passed`,
    failed: `${server}’s own test on ${plan.hostName} refused the planned files`,
    'not-run': `${server}’s own test was not run on the planned files`,
  }[preflight.status];
  return (
    <section
      aria-label={`Test on the host: ${server} on ${plan.hostName}`}
      className={cn('min-w-0 overflow-hidden rounded-lg border text-sm', box)}
    >
      <div className="flex gap-2.5 px-3 py-2.5">
        <Icon className={cn('mt-0.5 size-4 shrink-0', tone)} aria-hidden />
        <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <h3 className="font-medium">{title}</h3>
          <p className="text-muted-foreground">
            {preflight.status === 'not-run'
              ? 'The apply runs it before any live file changes.'
              : preflight.method &&
                `The planned files were ${preflight.method === 'namespace' ? '' : 'tested '}${methods[preflight.method]}.`}
          </p>
          {preflight.baseline === 'failed' && (
            <p className="mt-1 font-medium text-warning">
              The configuration that is on the host now fails its test already, before any change of ours.
            </p>
          )}
        </div>
      </div>
      {!brief && preflight.issues.length > 0 && (
        <IssueList team={team} issues={preflight.issues} sites={plan.sites} className="border-t bg-card" />
      )}
      {(preflight.output.trim() !== '' || preflight.baselineOutput.trim() !== '') && (
        <details className="group border-t bg-card" open={preflight.status === 'failed'}>
          <summary className="min-h-8 px-3 py-1.5 text-muted-foreground text-xs hover:text-foreground">
            Output of the test
          </summary>
          <div className="flex flex-col gap-2 px-3 pb-3">
            <ToolOutput text={preflight.output} label={`output of the test on ${plan.hostName}`} />
            {preflight.baseline === 'failed' && (
              <>
                <p className="text-muted-foreground text-xs">The same test on the files as they are now:</p>
                <ToolOutput
                  text={preflight.baselineOutput}
                  label={`output of the test before any change on ${plan.hostName}`}
                />
              </>
            )}
          </div>
        </details>
      )}
    </section>
  );
}
