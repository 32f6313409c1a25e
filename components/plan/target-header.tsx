import { isEmpty } from '#core/plan/is-empty';
import type { TargetPlan } from '#core/plan/target-plan';
import { summarizeFiles } from '../diff/change-text';
import { PreflightPanel } from './preflight-panel';
import { TargetTitle } from './target-title';

/** Above the sites of one target in a large plan: where, how much, and what the host's own test says. */
export function TargetHeader({ team, plan }: { team: string; plan: TargetPlan }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 pt-3">
      <TargetTitle team={team} plan={plan} summary={summarizeFiles(plan)} />
      {!isEmpty(plan) && <PreflightPanel team={team} plan={plan} brief />}
    </div>
  );
}
