import { RefreshCw } from 'lucide-react';
import type { Plan } from '#api/contract/plans';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { plainOutput } from '../diff/visible-text';

interface Props {
  plan: Plan;
  /** Makes a new plan of the same sites; absent for people who may not. */
  onReplan: (() => void) | undefined;
  pending: boolean;
}

/** Says who or what moved since the plan was made. */
export function StalePanel({ plan, onReplan, pending }: Props) {
  return (
    <Alert
      tone="warning"
      title={
        plan.state === 'expired'
          ? 'This plan has expired and can no longer be applied'
          : 'This plan was overtaken and can no longer be applied'
      }
      action={
        onReplan && (
          <Button size="sm" onClick={onReplan} pending={pending}>
            <RefreshCw />
            Make a new plan
          </Button>
        )
      }
    >
      <ul className="list-disc pl-4">
        {plan.stale.map((issue) => (
          <li key={issue.message}>{plainOutput(issue.message)}</li>
        ))}
      </ul>
      <p>What you marked as viewed stays marked where nothing has moved.</p>
    </Alert>
  );
}
