'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Plan } from '#api/contract/plans';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { Input } from '#components/ui/input';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { isEmpty } from '#core/plan/is-empty';
import { useCreateApply } from '#queries/applies';
import { planQueries } from '#queries/plans';
import { reviewQueries } from '#queries/reviews';
import { list, summarize, targetTitle } from '../diff/change-text';
import { shortHash } from '../diff/short-hash';

const holds = [
  { seconds: 0, title: 'Keep it at once', text: 'Confirmed when the probes pass.' },
  { seconds: 300, title: '5 minutes on trial', text: 'Undone unless I confirm.' },
  { seconds: 900, title: '15 minutes on trial', text: 'Undone unless I confirm.' },
] as const;

interface Props {
  plan: Plan;
  /** A freeze is overridden, which needs a reason. */
  overriding: boolean;
  /** How many of the changed files were not marked as viewed. */
  unviewed: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** The last question before an apply: where, and whether it is kept at once. */
export function ApplyDialog({ plan, overriding, unviewed, open, onOpenChange }: Props) {
  const team = useTeam();
  const router = useRouter();
  const client = useQueryClient();
  const [holdSeconds, setHoldSeconds] = useState(0);
  const [reason, setReason] = useState('');
  const apply = useCreateApply(team.slug);
  const targets = plan.targets.filter((target) => !isEmpty(target));
  const start = () =>
    apply.mutate(
      {
        planId: plan.id,
        planHash: plan.hash,
        holdSeconds,
        ...(overriding ? { override: reason.trim() } : {}),
      },
      {
        onSuccess: ({ id }) => router.push(`/${team.slug}/applies/${id}`),
        // A refusal mostly means that something moved: the review behind the dialog then says what.
        onError: () => {
          void client.invalidateQueries({ queryKey: planQueries.get(team.slug, plan.id).queryKey });
          void client.invalidateQueries({ queryKey: reviewQueries.get(team.slug, plan.id).queryKey });
        },
      },
    );
  return (
    <ConfirmDialog
      title={`Apply to ${list(targets.map(({ hostName }) => hostName))}?`}
      text="Exactly what you reviewed is written and tested there. If it does not serve, it is undone."
      action={`Apply plan ${shortHash(plan.hash)}`}
      variant="default"
      disabled={overriding && reason.trim() === ''}
      className="max-w-lg"
      running={apply}
      open={open}
      onOpenChange={(next) => {
        if (!next) apply.reset();
        onOpenChange(next);
      }}
      onConfirm={start}
    >
      <ul className="flex flex-col gap-1 rounded-md border bg-muted/40 px-3 py-2 text-sm">
        {targets.map((target) => (
          <li key={target.targetId} className="[overflow-wrap:anywhere]">
            <span className="font-medium">{targetTitle(target)}</span>
            <span className="text-muted-foreground"> — {summarize(target)}</span>
          </li>
        ))}
      </ul>
      <fieldset>
        <legend className="mb-1.5 font-medium text-sm">When it serves</legend>
        <RadioGroup
          value={`${holdSeconds}`}
          onValueChange={(value) => setHoldSeconds(Number(value))}
          aria-label="When it serves"
          className="sm:grid-cols-3"
        >
          {holds.map(({ seconds, title, text }) => (
            <RadioCard key={seconds} value={`${seconds}`} className="flex flex-col justify-start">
              <span className="block font-medium text-sm">{title}</span>
              <span className="block text-muted-foreground text-xs">{text}</span>
            </RadioCard>
          ))}
        </RadioGroup>
      </fieldset>
      {unviewed > 0 && (
        <p className="text-sm text-warning">
          {unviewed === 1 ? 'One changed file is' : `${unviewed} changed files are`} not marked as viewed.
        </p>
      )}
      {overriding && (
        <FormField label="Reason for overriding the freeze" hint="It goes into the record." required>
          {(control) => (
            <Input
              {...control}
              value={reason}
              maxLength={300}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </FormField>
      )}
    </ConfirmDialog>
  );
}
