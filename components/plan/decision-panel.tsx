'use client';
import { useState } from 'react';
import type { Plan } from '#api/contract/plans';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { Input } from '#components/ui/input';
import { targetTitle } from '../diff/change-text';
import { usePlanAgain } from './use-plan-again';

/** What this plan would do to others and a person has to confirm; the answer is a new plan that has it on record. */
export function DecisionPanel({ plan }: { plan: Plan }) {
  const team = useTeam();
  const { again, isPending, isError, error } = usePlanAgain(plan);
  const [reason, setReason] = useState('');
  const open = plan.targets.flatMap((target) =>
    [...new Set(target.issues.flatMap(({ decision }) => (decision ? [decision] : [])))].map((id) => ({
      target,
      id,
    })),
  );
  if (plan.status !== 'blocked' || open.length === 0 || !team.can('plans.create')) return null;
  const said = reason.trim();
  const confirm = () =>
    again({ accept: open.map(({ target, id }) => ({ targetId: target.targetId, id, reason: said })) });
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 className="font-medium text-sm">
        More than your sites would change on{' '}
        {[...new Set(open.map(({ target }) => targetTitle(target)))].join(', ')}
      </h2>
      <p className="text-muted-foreground text-sm">
        The errors below name what else an apply would do: requests that go to another site than now, edits of
        others that nobody has loaded, what has no way back. If all of that is meant, say why: the next plan
        keeps the reason on record and reads the hosts again.
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (said.length >= 3) confirm();
        }}
      >
        <FormField label="Why this is meant" required className="flex-1 basis-60">
          {(control) => (
            <Input
              {...control}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FormField>
        <Button type="submit" disabled={said.length < 3} pending={isPending}>
          Confirm and plan again
        </Button>
      </form>
      {isError && <ErrorState error={error} />}
    </Card>
  );
}
