'use client';
import { CircleCheck, CircleDashed, MessageSquareWarning, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { PlanComment } from '#api/contract/comments';
import type { Plan } from '#api/contract/plans';
import type { Review, ReviewState } from '#api/contract/reviews';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { useWithdrawReview } from '#queries/reviews';
import { plainOutput } from '../diff/visible-text';
import { CommentThread } from './comment-thread';
import { notCountedWords } from './review-words';

const RequestReviewDialog = later(() =>
  import('./request-review-dialog').then((module) => module.RequestReviewDialog),
);
const ReviewDialog = later(() => import('./review-dialog').then((module) => module.ReviewDialog));

interface Props {
  plan: Pick<Plan, 'id' | 'hash'>;
  state: ReviewState;
  comments: readonly PlanComment[];
}

/** Who was asked, who said what, what counts, and the talk about the plan as a whole. */
export function ReviewPanel({ plan, state, comments }: Props) {
  const team = useTeam();
  const [dialog, setDialog] = useState<'request' | 'review' | null>(null);
  const withdraw = useWithdrawReview(team.slug, plan.id);
  const open = state.status === 'ready';
  const mayReview = open && team.can('plans.review');
  const own = state.reviews.find(({ person }) => person.id === team.user.id);
  const waiting = state.requested.filter(
    ({ person }) => !state.reviews.some((review) => review.person.id === person.id),
  );
  return (
    <Card>
      <CardHeader className="flex-wrap">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <CardTitle>Review</CardTitle>
          <Progress state={state} />
        </div>
        {mayReview && (
          <div className="flex flex-wrap gap-2">
            <Button variant="outline" size="sm" onClick={() => setDialog('request')}>
              <UserPlus />
              Request review
            </Button>
            {own && (
              <Button
                variant="ghost"
                size="sm"
                pending={withdraw.isPending}
                onClick={() => withdraw.mutate()}
              >
                Withdraw my review
              </Button>
            )}
            <Button
              size="sm"
              variant={state.state === 'waiting-for-review' && state.mayApprove ? 'default' : 'outline'}
              onClick={() => setDialog('review')}
            >
              {own ? 'Review again' : 'Review'}
            </Button>
          </div>
        )}
      </CardHeader>
      <CardContent className="flex flex-col gap-4">
        {state.reviews.length + waiting.length > 0 && (
          <ul aria-label="Reviewers" className="flex flex-col gap-2 text-sm">
            {state.reviews.map((review) => (
              <ReviewLine key={review.person.id} review={review} />
            ))}
            {waiting.map(({ person, at }) => (
              <li key={person.id} className="flex items-start gap-2">
                <CircleDashed className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
                <span>
                  <span className="font-medium">{person.name}</span>{' '}
                  <span className="text-muted-foreground">
                    was asked <RelativeTime at={at} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )}
        {withdraw.isError && <p className="text-danger text-sm">{withdraw.error.message}</p>}
        {state.notes.length > 0 && (
          <ul className="flex flex-col gap-1 text-muted-foreground text-sm">
            {state.notes.map((note) => (
              <li key={`${note.code}${note.message}`}>{note.message}</li>
            ))}
          </ul>
        )}
        <CommentThread planId={plan.id} comments={comments} place={null} />
      </CardContent>
      {dialog === 'request' && (
        <RequestReviewDialog planId={plan.id} state={state} onClose={() => setDialog(null)} />
      )}
      {dialog === 'review' && <ReviewDialog plan={plan} state={state} onClose={() => setDialog(null)} />}
    </Card>
  );
}

function Progress({ state }: { state: ReviewState }) {
  const { approvals, approvalsNeeded, approvalsNeededNow, policy } = state;
  if (policy === 'unknown')
    return (
      <Badge tone="outline">{approvals > 0 ? 'Approved' : 'No approval'}, policy of then not on record</Badge>
    );
  const changed =
    policy === 'then' && approvalsNeededNow !== approvalsNeeded ? (
      <span className="text-muted-foreground text-xs">
        as asked for when it was applied; the team now asks for {approvalsNeededNow || 'none'}
      </span>
    ) : null;
  if (approvalsNeeded === 0) {
    return (
      <>
        {approvals > 0 ? (
          <Badge tone="ok">Approved</Badge>
        ) : (
          <Badge tone="outline">{policy === 'then' ? 'No approval was needed' : 'No approval needed'}</Badge>
        )}
        {changed}
      </>
    );
  }
  const text = `${approvals} of ${approvalsNeeded} ${approvalsNeeded === 1 ? 'approval' : 'approvals'}`;
  return (
    <>
      <Badge tone={approvals >= approvalsNeeded ? 'ok' : 'warning'}>{text}</Badge>
      {changed}
    </>
  );
}

function ReviewLine({ review }: { review: Review }) {
  const approved = review.verdict === 'approved';
  const Icon = approved ? CircleCheck : MessageSquareWarning;
  const tone = review.notCounted ? 'text-muted-foreground' : approved ? 'text-ok' : 'text-warning';
  return (
    <li className="flex items-start gap-2">
      <Icon className={`mt-0.5 size-4 shrink-0 ${tone}`} aria-hidden />
      <div className="min-w-0">
        <span className="font-medium">{review.person.name}</span>{' '}
        <span className="text-muted-foreground">
          {approved ? 'approved' : 'asks for changes'} <RelativeTime at={review.at} />
        </span>
        {review.notCounted && (
          <span className="block text-muted-foreground text-xs">{notCountedWords[review.notCounted]}</span>
        )}
        {review.comment && (
          <p className="mt-1 whitespace-pre-wrap [overflow-wrap:anywhere]">{plainOutput(review.comment)}</p>
        )}
      </div>
    </li>
  );
}
