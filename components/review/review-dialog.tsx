'use client';
import { useState } from 'react';
import type { Plan } from '#api/contract/plans';
import type { Review, ReviewState } from '#api/contract/reviews';
import { ErrorState } from '#components/kit/error-state';
import { FormDialog } from '#components/kit/form-dialog';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { Textarea } from '#components/ui/textarea';
import { useSubmitReview } from '#queries/reviews';

interface Props {
  plan: Pick<Plan, 'id' | 'hash'>;
  state: ReviewState;
  onClose: () => void;
}

/** A person's word on exactly this plan. */
export function ReviewDialog({ plan, state, onClose }: Props) {
  const team = useTeam();
  const [verdict, setVerdict] = useState<Review['verdict']>(
    state.mayApprove ? 'approved' : 'changes-requested',
  );
  const [comment, setComment] = useState('');
  const [asked, setAsked] = useState(false);
  const submit = useSubmitReview(team.slug, plan.id);
  const missing = verdict === 'changes-requested' && comment.trim() === '';
  const send = () => {
    setAsked(true);
    if (missing) return;
    submit.mutate(
      { planHash: plan.hash, verdict, comment },
      {
        onSuccess: () => {
          toast.success(verdict === 'approved' ? 'Approved' : 'Changes requested');
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={`Review plan ${plan.hash.slice(0, 8)}`}
      text="It is valid for exactly this plan, and lapses when something overtakes it."
      action={verdict === 'approved' ? 'Approve' : 'Request changes'}
      pending={submit.isPending}
      onSubmit={send}
      onClose={onClose}
    >
      <RadioGroup
        aria-label="Verdict"
        value={verdict}
        onValueChange={(value) => setVerdict(value === 'approved' ? 'approved' : 'changes-requested')}
        className="sm:grid-cols-2"
      >
        <RadioCard value="approved" disabled={!state.mayApprove}>
          <span className="block font-medium text-sm">Approve</span>
          <span className="block text-muted-foreground text-xs">
            {state.mayApprove ? 'It may be applied as it is.' : 'Not your own work.'}
          </span>
        </RadioCard>
        <RadioCard value="changes-requested">
          <span className="block font-medium text-sm">Request changes</span>
          <span className="block text-muted-foreground text-xs">It should not be applied like this.</span>
        </RadioCard>
      </RadioGroup>
      <FormField
        label={verdict === 'approved' ? 'Comment (optional)' : 'What has to change'}
        error={asked && missing ? 'say what has to change' : undefined}
        required={verdict === 'changes-requested'}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            maxLength={4000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
        )}
      </FormField>
      {submit.isError && <ErrorState error={submit.error} />}
    </FormDialog>
  );
}
