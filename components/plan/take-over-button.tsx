'use client';
import { ArrowLeftRight } from 'lucide-react';
import type { Plan } from '#api/contract/plans';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { usePlanAgain } from './use-plan-again';

interface Props {
  plan: Plan;
  targetId: string;
  /** Blocks to take over, as `FILE:LINE`. */
  blocks: readonly string[];
}

/** Plans once more, with these blocks of somebody else taken away by the same apply. Nothing happens on the host yet. */
export function TakeOverButton({ plan, targetId, blocks }: Props) {
  const team = useTeam();
  const { again, isPending, isError, error } = usePlanAgain(plan);
  const [block = ''] = blocks;
  if (plan.status !== 'blocked' || !team.can('plans.create')) return null;
  return (
    <div className="mt-1.5 flex flex-col items-start gap-2">
      <Button
        size="sm"
        variant="outline"
        pending={isPending}
        onClick={() => again({ takeOver: blocks.map((id) => ({ targetId, id })) })}
        aria-label={blocks.length > 1 ? `Take over all ${blocks.length} blocks` : `Take over ${block}`}
      >
        <ArrowLeftRight />
        {blocks.length > 1 ? `Take over all ${blocks.length} blocks` : 'Take over'}
      </Button>
      {isError && <ErrorState error={error} />}
    </div>
  );
}
