'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Lock, Rocket } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Plan } from '#api/contract/plans';
import type { ReviewState } from '#api/contract/reviews';
import { ConfirmDialog } from '#components/shell/confirm-dialog';
import { FormField } from '#components/shell/form-field';
import { useTeam } from '#components/shell/team-context';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { isEmpty } from '#core/plan/is-empty';
import { useCreateApply } from '#queries/applies';
import { planQueries } from '#queries/plans';
import { reviewQueries } from '#queries/reviews';
import { list, summarize, targetTitle } from './change-text';
import { plainOutput } from './visible-text';

const holds = [
  { seconds: 0, title: 'Keep it at once', text: 'Confirmed when the probes pass.' },
  { seconds: 300, title: '5 minutes on trial', text: 'Undone unless I confirm.' },
  { seconds: 900, title: '15 minutes on trial', text: 'Undone unless I confirm.' },
] as const;

/** First characters of a plan's hash: enough to tell by eye that two people speak of the same plan. */
export const shortHash = (hash: string) => hash.slice(0, 8);

interface Props {
  plan: Plan;
  /** What the team's policies ask for; `null` while it is not known. */
  review: ReviewState | null;
  /** How many of the changed files were marked as viewed. */
  viewed: number;
  files: number;
}

/** The way from the review to the apply. Shown only to people who may. */
export function ApplyBar({ plan, review, viewed, files }: Props) {
  const team = useTeam();
  const router = useRouter();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [holdSeconds, setHoldSeconds] = useState(0);
  const [reason, setReason] = useState('');
  const apply = useCreateApply(team.slug);
  const overriding = review?.mayOverride ?? false;
  const stopped = review === null || (review.missing.length > 0 && !overriding);
  if (!team.can('applies.run')) {
    return (
      <Bar>
        <Missing review={review} />
        <p className="text-muted-foreground text-sm">
          To apply this plan you need the role operator or admin. Send its link to someone who has it.
        </p>
      </Bar>
    );
  }
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
    <Bar>
      <Missing review={review} />
      <p className="text-muted-foreground text-sm">
        {viewed === files ? `All ${files} files viewed` : `${viewed} of ${files} files viewed`}
      </p>
      <Button
        size="lg"
        className="max-sm:w-full"
        disabled={stopped}
        {...(stopped && { 'aria-describedby': missingId })}
        onClick={() => setOpen(true)}
      >
        <Rocket />
        Apply <code className="font-mono">{shortHash(plan.hash)}</code>
      </Button>
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
          setOpen(next);
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
        {viewed < files && (
          <p className="text-sm text-warning">
            {files - viewed === 1 ? 'One changed file is' : `${files - viewed} changed files are`} not marked
            as viewed.
          </p>
        )}
        {overriding && (
          <FormField label="Why in spite of the freeze" hint="It goes into the record." required>
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
    </Bar>
  );
}

const missingId = 'missing-before-apply';

/** Exactly what is missing before it can be applied. */
function Missing({ review }: { review: ReviewState | null }) {
  if (!review || review.missing.length === 0) return null;
  return (
    <ul
      id={missingId}
      aria-label="Missing before it can be applied"
      className="mr-auto min-w-0 flex-1 basis-80 text-sm"
    >
      {review.missing.map((issue) => (
        <li key={issue.code + issue.message} className="flex gap-2">
          <Lock className="mt-0.5 size-4 shrink-0 text-warning" aria-hidden />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {withLocalTimes(plainOutput(issue.message))}{' '}
            {issue.hint && <span className="text-muted-foreground">{issue.hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Instants in a message, as clocks here show them. */
const withLocalTimes = (text: string) =>
  text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (instant) =>
    new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  );

function Bar({ children }: { children: React.ReactNode }) {
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-auto flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t bg-background/95 px-4 py-2.5 backdrop-blur-sm sm:-mx-6 sm:px-6 lg:-mx-8 lg:px-8">
      {children}
    </div>
  );
}
