'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Rocket } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Plan } from '#api/contract/plans';
import { ErrorState } from '#components/shell/error-state';
import { useTeam } from '#components/shell/team-context';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#components/ui/alert-dialog';
import { Button } from '#components/ui/button';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { isEmpty } from '#core/plan/target-plan';
import { useCreateApply } from '#queries/applies';
import { planQueries } from '#queries/plans';
import { list, summarize, targetTitle } from './change-text';

const holds = [
  { seconds: 0, title: 'Keep it at once', text: 'Confirmed when the probes pass.' },
  { seconds: 300, title: '5 minutes on trial', text: 'Undone unless I confirm.' },
  { seconds: 900, title: '15 minutes on trial', text: 'Undone unless I confirm.' },
] as const;

/** First characters of a plan's hash: enough to tell by eye that two people speak of the same plan. */
export const shortHash = (hash: string) => hash.slice(0, 8);

interface Props {
  plan: Plan;
  /** How many of the changed files were marked as viewed. */
  viewed: number;
  files: number;
}

/** The way from the review to the apply. Shown only to people who may. */
export function ApplyBar({ plan, viewed, files }: Props) {
  const team = useTeam();
  const router = useRouter();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [holdSeconds, setHoldSeconds] = useState(0);
  const apply = useCreateApply(team.slug);
  if (!team.can('applies.run')) {
    return (
      <Bar>
        <p className="text-muted-foreground text-sm">
          To apply this plan you need the role operator or admin. Send its link to someone who has it.
        </p>
      </Bar>
    );
  }
  const targets = plan.targets.filter((target) => !isEmpty(target));
  const start = () =>
    apply.mutate(
      { planId: plan.id, planHash: plan.hash, holdSeconds },
      {
        onSuccess: ({ id }) => router.push(`/${team.slug}/applies/${id}`),
        // A refusal mostly means that something moved: the review behind the dialog then says what.
        onError: () => client.invalidateQueries({ queryKey: planQueries.get(team.slug, plan.id).queryKey }),
      },
    );
  return (
    <Bar>
      <p className="text-muted-foreground text-sm">
        {viewed === files ? `All ${files} files viewed` : `${viewed} of ${files} files viewed`}
      </p>
      <Button size="lg" className="max-sm:w-full" onClick={() => setOpen(true)}>
        <Rocket />
        Apply <code className="font-mono">{shortHash(plan.hash)}</code>
      </Button>
      <AlertDialog
        open={open}
        onOpenChange={(next) => {
          if (!next) apply.reset();
          setOpen(next);
        }}
      >
        <AlertDialogContent className="max-w-lg">
          <AlertDialogHeader>
            <AlertDialogTitle>Apply to {list(targets.map(({ hostName }) => hostName))}?</AlertDialogTitle>
            <AlertDialogDescription>
              Exactly what you reviewed is written and tested there. If it does not serve, it is undone.
            </AlertDialogDescription>
          </AlertDialogHeader>
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
              {files - viewed === 1 ? 'One changed file is' : `${files - viewed} changed files are`} not
              marked as viewed.
            </p>
          )}
          {apply.isError && <ErrorState error={apply.error} />}
          <AlertDialogFooter>
            <AlertDialogCancel>Cancel</AlertDialogCancel>
            <Button onClick={start} pending={apply.isPending}>
              Apply plan {shortHash(plan.hash)}
            </Button>
          </AlertDialogFooter>
        </AlertDialogContent>
      </AlertDialog>
    </Bar>
  );
}

function Bar({ children }: { children: React.ReactNode }) {
  return (
    <div className="sticky bottom-0 z-20 -mx-4 mt-auto flex flex-wrap items-center justify-end gap-x-4 gap-y-2 border-t bg-background/95 px-4 py-2.5 backdrop-blur-sm sm:-mx-6 sm:px-6 lg:-mx-8 lg:px-8">
      {children}
    </div>
  );
}
