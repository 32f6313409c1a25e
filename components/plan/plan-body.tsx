'use client';
import { RefreshCw } from 'lucide-react';
import type { Plan } from '#api/contract/plans';
import { ErrorState } from '#components/kit/error-state';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RelativeTime } from '#components/kit/relative-time';
import { StatusBadge } from '#components/kit/status-badge';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import type { Change } from '#core/change/change';
import type { TargetPlan } from '#core/plan/target-plan';
import { shortList, targetTitle } from '../diff/change-text';
import { shortHash } from '../diff/short-hash';
import { planLooks } from '../kit/looks/plan-looks';
import { CommentThread } from '../review/comment-thread';
import { ReviewPanel } from '../review/review-panel';
import { commentsOn, usePlanReview } from '../review/use-plan-review';
import { ApplyBar } from './apply-bar';
import { DecisionPanel } from './decision-panel';
import { FileCard } from './file-card';
import { FileList } from './file-list';
import { ManyPlan } from './many-plan';
import { PlanStatePanel } from './plan-state-panel';
import { useReviewKeys } from './review-keys';
import { useReviewOptions, useWideEnough } from './review-options';
import { ReviewToolbar } from './review-toolbar';
import { TakeOverButton } from './take-over-button';
import { TargetSection } from './target-section';
import { usePlanAgain } from './use-plan-again';
import { VerdictStrip } from './verdict-strip';
import { changeKey, useViewedChanges } from './viewed-files';

/** Plans of more changed files are grouped by site and folded. */
const mostAtOnce = 24;

/** A plan that is there: what it changes, who agreed, and the way to apply it. */
export function PlanBody({ plan }: { plan: Plan }) {
  const team = useTeam();
  const [options, setOptions] = useReviewOptions();
  const wide = useWideEnough();
  const { viewed, setViewed } = useViewedChanges();
  useReviewKeys();
  const { again, ...create } = usePlanAgain(plan);
  const replan = (only?: readonly string[]) => again(only && { only });
  const mayPlan = team.can('plans.create');
  const open = plan.status === 'ready' || plan.status === 'blocked';
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
  const many = files.length > mostAtOnce;
  const ids = new Map(files.map(({ change, id }) => [change, id]));
  const fileCard = (target: TargetPlan, change: Change) => {
    const key = changeKey(target, change);
    const id = ids.get(change) ?? key;
    return (
      <FileCard
        key={id}
        id={id}
        server={target.target.server}
        hostName={target.hostName}
        change={change}
        mode={wide ? options.diff : 'unified'}
        wrap={options.wrap}
        comparison={options.compare}
        onComparison={(compare) => setOptions({ compare })}
        viewed={viewed.has(key)}
        onViewed={(on) => setViewed(key, on)}
        discussion={
          <CommentThread
            planId={plan.id}
            place={{ targetId: target.targetId, path: change.path }}
            comments={commentsOn(said, { targetId: target.targetId, path: change.path })}
            text={change.after.kind === 'file' ? change.after.content : null}
          />
        }
      />
    );
  };

  return (
    <Page wide className="min-h-[calc(100dvh-3rem)] pb-0 lg:min-h-dvh">
      <PageHeader
        title={
          <>
            Plan <code className="font-mono text-lg">{shortHash(plan.hash)}</code>
          </>
        }
        badges={<StatusBadge look={planLooks[plan.state]} />}
        parents={[{ label: 'Plans', href: `/${team.slug}/plans` }]}
        description={
          <>
            {shortList(plan.sites.map((site) => site.name))} · made{' '}
            {plan.createdBy ? `by ${plan.createdBy.name} ` : ''}
            <RelativeTime at={plan.createdAt} />
          </>
        }
        actions={
          mayPlan &&
          open && (
            <Button variant="outline" onClick={() => replan()} pending={create.isPending}>
              <RefreshCw />
              Read the hosts again
            </Button>
          )
        }
      />
      {create.isError && <ErrorState error={create.error} onRetry={() => replan()} />}
      <PlanStatePanel plan={plan} onReplan={mayPlan ? replan : undefined} pending={create.isPending} />
      <DecisionPanel plan={plan} />
      {review.isError && <ErrorState error={review.error} onRetry={() => review.refetch()} />}
      {comments.isError && <ErrorState error={comments.error} onRetry={() => comments.refetch()} />}
      {plan.state !== 'nothing-to-do' && <VerdictStrip plan={plan} review={review.data ?? null} />}
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
      {many ? (
        <ManyPlan plan={plan} team={team.slug} file={fileCard} />
      ) : (
        <div className="grid min-w-0 gap-6 xl:grid-cols-[16rem_minmax(0,1fr)]">
          {files.length > 0 && (
            <div className="hidden xl:sticky xl:top-14 xl:block xl:max-h-[calc(100dvh-8rem)] xl:self-start xl:overflow-y-auto">
              <FileList groups={groups.filter((group) => group.files.length > 0)} />
            </div>
          )}
          <div className="flex min-w-0 flex-col gap-8 xl:last:col-start-2 xl:only:col-span-2">
            {groups.map(({ target, files: changed }) => (
              <TargetSection
                key={target.targetId}
                team={team.slug}
                plan={target}
                action={({ takeOver }) =>
                  takeOver && <TakeOverButton plan={plan} targetId={target.targetId} blocks={[takeOver]} />
                }
              >
                <TakeOverAll plan={plan} target={target} />
                {changed.map(({ change }) => fileCard(target, change))}
              </TargetSection>
            ))}
          </div>
        </div>
      )}
      {review.data && plan.status !== 'empty' && (
        <ReviewPanel plan={plan} state={review.data} comments={commentsOn(said, null)} />
      )}
      {plan.status === 'ready' && (
        <ApplyBar plan={plan} review={review.data ?? null} viewed={viewedCount} files={files.length} />
      )}
    </Page>
  );
}

/** Several blocks at once, where a plan names several that can be taken over. */
function TakeOverAll({ plan, target }: { plan: Plan; target: TargetPlan }) {
  const blocks = [...new Set(target.issues.flatMap(({ takeOver }) => takeOver ?? []))];
  return blocks.length < 2 ? null : <TakeOverButton plan={plan} targetId={target.targetId} blocks={blocks} />;
}
