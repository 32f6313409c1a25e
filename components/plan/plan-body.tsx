'use client';
import { RefreshCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import type { Plan } from '#api/contract/plans';
import { ErrorState } from '#components/shell/error-state';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { RelativeTime } from '#components/shell/relative-time';
import { StatusBadge } from '#components/shell/status-badge';
import { useTeam } from '#components/shell/team-context';
import { Button } from '#components/ui/button';
import { useCreatePlan } from '#queries/plans';
import { CommentThread } from '../review/comment-thread';
import { ReviewPanel } from '../review/review-panel';
import { commentsOn, usePlanReview } from '../review/use-plan-review';
import { ApplyBar } from './apply-bar';
import { list, targetTitle } from './change-text';
import { DecisionPanel } from './decision-panel';
import { FileCard } from './file-card';
import { FileList } from './file-list';
import { PlanStatePanel } from './plan-state-panel';
import { useReviewKeys } from './review-keys';
import { useReviewOptions, useWideEnough } from './review-options';
import { ReviewToolbar } from './review-toolbar';
import { shortHash } from './short-hash';
import { TargetSection } from './target-section';
import { UnchangedFiles } from './unchanged-files';
import { changeKey, useViewedChanges } from './viewed-files';

/** A plan that is there: what it changes, who agreed, and the way to apply it. */
export function PlanBody({ plan }: { plan: Plan }) {
  const team = useTeam();
  const router = useRouter();
  const [options, setOptions] = useReviewOptions();
  const wide = useWideEnough();
  const { viewed, setViewed } = useViewedChanges();
  useReviewKeys();
  const create = useCreatePlan(team.slug);
  const replan = () =>
    create.mutate(
      { siteIds: plan.sites.map((site) => site.id) },
      { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) },
    );
  const mayPlan = team.can('plans.create');
  const { review, comments } = usePlanReview(plan);
  const said = comments.data?.items ?? [];

  const groups = plan.targets.map((target, targetIndex) => ({
    target,
    title: targetTitle(target),
    files: target.changes
      .map((change, index) => ({
        change,
        id: `file-${targetIndex}-${index}`,
        key: changeKey(target, change),
      }))
      .filter(({ change }) => change.action !== 'noop')
      .map((file) => ({ ...file, viewed: viewed.has(file.key) })),
  }));
  const files = groups.flatMap((group) => group.files);
  const viewedCount = files.filter((file) => file.viewed).length;

  return (
    <Page wide className="min-h-[calc(100dvh-3rem)] pb-0 lg:min-h-dvh">
      <PageHeader
        title={
          <>
            Plan <code className="font-mono text-lg">{shortHash(plan.hash)}</code>
          </>
        }
        badges={<StatusBadge kind="plan" status={plan.state} />}
        parents={[{ label: 'Plans', href: `/${team.slug}/plans` }]}
        description={
          <>
            {list(plan.sites.map((site) => site.name))} · made{' '}
            {plan.createdBy ? `by ${plan.createdBy.name} ` : ''}
            <RelativeTime at={plan.createdAt} />
          </>
        }
        actions={
          mayPlan &&
          (plan.status === 'ready' || plan.status === 'blocked') && (
            <Button variant="outline" onClick={replan} pending={create.isPending}>
              <RefreshCw />
              Read the hosts again
            </Button>
          )
        }
      />
      {create.isError && <ErrorState error={create.error} onRetry={replan} />}
      <PlanStatePanel plan={plan} onReplan={mayPlan ? replan : undefined} pending={create.isPending} />
      <DecisionPanel plan={plan} />
      {review.isError && <ErrorState error={review.error} onRetry={() => review.refetch()} />}
      {comments.isError && <ErrorState error={comments.error} onRetry={() => comments.refetch()} />}
      {review.data && plan.status !== 'empty' && (
        <ReviewPanel plan={plan} state={review.data} comments={commentsOn(said, null)} />
      )}
      {files.length > 0 && (
        <ReviewToolbar
          mode={options.diff}
          onMode={(diff) => setOptions({ diff })}
          wrap={options.wrap}
          onWrap={(wrap) => setOptions({ wrap })}
          splitPossible={wide}
          viewed={viewedCount}
          files={files.length}
        />
      )}
      <div className="grid min-w-0 gap-6 xl:grid-cols-[16rem_minmax(0,1fr)]">
        {files.length > 0 && (
          <div className="hidden xl:sticky xl:top-14 xl:block xl:max-h-[calc(100dvh-8rem)] xl:self-start xl:overflow-y-auto">
            <FileList groups={groups.filter((group) => group.files.length > 0)} />
          </div>
        )}
        <div className="flex min-w-0 flex-col gap-8 xl:last:col-start-2 xl:only:col-span-2">
          {groups.map(({ target, files: changed }) => (
            <TargetSection key={target.targetId} team={team.slug} plan={target}>
              {changed.map((file) => (
                <FileCard
                  key={file.id}
                  id={file.id}
                  server={target.target.server}
                  change={file.change}
                  mode={wide ? options.diff : 'unified'}
                  wrap={options.wrap}
                  comparison={options.compare}
                  onComparison={(compare) => setOptions({ compare })}
                  viewed={file.viewed}
                  onViewed={(on) => setViewed(file.key, on)}
                  discussion={
                    <CommentThread
                      planId={plan.id}
                      place={{ targetId: target.targetId, path: file.change.path }}
                      comments={commentsOn(said, { targetId: target.targetId, path: file.change.path })}
                      text={file.change.after.kind === 'file' ? file.change.after.content : null}
                    />
                  }
                />
              ))}
              <UnchangedFiles changes={target.changes} />
            </TargetSection>
          ))}
        </div>
      </div>
      {plan.status === 'ready' && (
        <ApplyBar plan={plan} review={review.data ?? null} viewed={viewedCount} files={files.length} />
      )}
    </Page>
  );
}
