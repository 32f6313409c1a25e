import Link from 'next/link';
import { Badge } from '#components/ui/badge';
import { isEmpty } from '#core/plan/is-empty';
import type { TargetPlan } from '#core/plan/target-plan';
import { summarizeFiles } from './change-text';
import { PreflightPanel } from './preflight-panel';
import { serverTitle } from './server-title';

/** Above the sites of one target in a large plan: where, how much, and what the host's own test says. */
export function TargetHeader({ team, plan }: { team: string; plan: TargetPlan }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 pt-3">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="font-semibold text-lg [overflow-wrap:anywhere]">
          <Link
            href={`/${team}/hosts/${plan.hostId}`}
            className="rounded-sm underline-offset-4 hover:underline"
          >
            {plan.hostName}
          </Link>
        </h2>
        <Badge tone="outline">{serverTitle(plan.target.server, plan.target.version)}</Badge>
        <p className="text-muted-foreground text-sm">{summarizeFiles(plan)}.</p>
      </header>
      {!isEmpty(plan) && <PreflightPanel team={team} plan={plan} brief />}
    </div>
  );
}
