'use client';
import { RefreshCw, SkipForward } from 'lucide-react';
import type { Plan } from '#api/contract/plans';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { isEmpty } from '#core/plan/is-empty';
import type { TargetPlan } from '#core/plan/target-plan';
import { list, targetTitle } from '../diff/change-text';

const refused = ({ issues, preflight }: TargetPlan) =>
  [...issues, ...preflight.issues].some(({ severity }) => severity === 'error');

interface Props {
  plan: Plan;
  /** Makes a new plan of the same sites, of these targets; absent for people who may not. */
  onReplan: ((targetIds?: readonly string[]) => void) | undefined;
  pending: boolean;
}

/** An error anywhere blocks a plan whole: test again once it is corrected, or go on with the targets that have none. */
export function BlockedPanel({ plan, onReplan, pending }: Props) {
  const bad = plan.targets.filter(refused);
  const good = plan.targets.filter((target) => !refused(target));
  // Without a change there is nothing to go on with.
  const without = good.some((target) => !isEmpty(target)) ? good : [];
  return (
    <Alert tone="danger" title="This plan cannot be applied yet">
      <p>
        Correct what is marked as an error below, then test again. Nothing was changed on any host.
        {without.length > 0 &&
          ` ${list(bad.map(targetTitle))} can be left out: the sites stay there as they run, and their next plan includes it again.`}
      </p>
      {onReplan && (
        <div className="mt-2 flex flex-wrap gap-2">
          <Button size="sm" variant="outline" onClick={() => onReplan()} pending={pending}>
            <RefreshCw />
            Test again
          </Button>
          {without.length > 0 && (
            <Button
              size="sm"
              variant="outline"
              className="h-auto min-h-7 whitespace-normal py-1 text-left"
              onClick={() => onReplan(without.map(({ targetId }) => targetId))}
              disabled={pending}
            >
              <SkipForward />
              Go on without {bad.length > 2 ? `${bad.length} web servers` : list(bad.map(targetTitle))}
            </Button>
          )}
        </div>
      )}
    </Alert>
  );
}
