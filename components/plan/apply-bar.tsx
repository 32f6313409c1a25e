'use client';
import { Lock, Rocket } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Plan } from '#api/contract/plans';
import type { ReviewState } from '#api/contract/reviews';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { shortHash } from '../diff/short-hash';
import { plainOutput } from '../diff/visible-text';

const ApplyDialog = later(() => import('./apply-dialog').then((module) => module.ApplyDialog));

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
  const [open, setOpen] = useState(false);
  // The dialog loads with its first use, and stays to fade out.
  const wanted = useRef(open);
  wanted.current ||= open;
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
      {wanted.current && (
        <ApplyDialog
          plan={plan}
          overriding={overriding}
          unviewed={files - viewed}
          open={open}
          onOpenChange={setOpen}
        />
      )}
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
