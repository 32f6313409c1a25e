'use client';
import Link from 'next/link';
import type { Plan, PlanState } from '#api/contract/plans';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { list } from '../diff/change-text';
import { BlockedPanel } from './blocked-panel';
import { StalePanel } from './stale-panel';

interface Props {
  plan: Plan;
  /** Makes a new plan of the same sites, of all targets of the plan or these; absent for people who may not. */
  onReplan: ((targetIds?: readonly string[]) => void) | undefined;
  pending: boolean;
}

type Tone = 'ok' | 'neutral' | 'warning' | 'danger';

/** What an apply of the plan came to, in a sentence; the other states have words of their own. */
const afterApply: Partial<Record<PlanState, { tone: Tone; title: string; text: string }>> = {
  applying: {
    tone: 'neutral',
    title: 'This plan is being applied',
    text: 'Watch its steps on the page of the apply.',
  },
  'on-trial': {
    tone: 'warning',
    title: 'This plan is on trial',
    text: 'It serves, and the hosts undo it unless somebody keeps it in time.',
  },
  applied: {
    tone: 'ok',
    title: 'This plan was applied',
    text: 'It shows what was reviewed. What is on the hosts now may be different.',
  },
  'partly-applied': {
    tone: 'warning',
    title: 'This plan was applied on some hosts only',
    text: 'The page of the apply says which, and what happened to the others.',
  },
  'rolled-back': {
    tone: 'warning',
    title: 'This plan was applied and rolled back',
    text: 'The hosts are as they were before. The page of the apply says why.',
  },
  failed: {
    tone: 'danger',
    title: 'The apply of this plan failed',
    text: 'The page of the apply says at which step, and what was written.',
  },
  interrupted: {
    tone: 'danger',
    title: 'What happened to this plan’s apply is not known yet',
    text: 'The hosts are asked at the next contact.',
  },
  cancelled: {
    tone: 'neutral',
    title: 'The apply of this plan was cancelled',
    text: 'No host was changed by it.',
  },
};

/** What happened to the plan, and the next step. Nothing for a plan that is under review. */
export function PlanStatePanel({ plan, onReplan, pending }: Props) {
  const team = useTeam();
  const { state } = plan;
  if (state === 'overtaken' || state === 'expired')
    return <StalePanel plan={plan} onReplan={onReplan && (() => onReplan())} pending={pending} />;
  if (state === 'nothing-to-do') return <NothingToDo plan={plan} />;
  if (state === 'blocked') return <BlockedPanel plan={plan} onReplan={onReplan} pending={pending} />;
  const words = afterApply[state];
  if (!words || !plan.applyId) return null;
  return (
    <Alert
      tone={words.tone}
      title={words.title}
      action={
        <Button asChild variant="outline" size="sm">
          <Link href={`/${team.slug}/applies/${plan.applyId}`}>See the apply</Link>
        </Button>
      }
    >
      {words.text}
    </Alert>
  );
}

/** Nothing is written, and what is so is on record by now: the hosts count as in sync with what was planned. */
function NothingToDo({ plan }: { plan: Plan }) {
  const team = useTeam();
  const hosts = list([...new Set(plan.targets.map(({ hostName }) => hostName))]);
  const [first, ...others] = plan.sites;
  return (
    <Alert
      tone="ok"
      title="Nothing to change"
      action={
        first &&
        others.length === 0 && (
          <Button asChild variant="outline" size="sm">
            <Link href={`/${team.slug}/sites/${first.id}`}>Open {first.name}</Link>
          </Button>
        )
      }
    >
      {hosts === '' ? 'The hosts' : hosts} already{' '}
      {hosts.includes(' and ') || hosts === '' ? 'hold' : 'holds'} exactly what was planned, so nothing was
      written. It counts as in sync now; a drift that this took over is closed.
    </Alert>
  );
}
