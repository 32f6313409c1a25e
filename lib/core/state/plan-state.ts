import type { ApplyStatus } from '../change/step';

/** What happened to a plan. Every screen, the API and the command line take it from here. */
export const planStates = [
  'waiting-for-review',
  'changes-requested',
  'frozen',
  'ready',
  'blocked',
  'nothing-to-do',
  'overtaken',
  'expired',
  'applying',
  'on-trial',
  'applied',
  'partly-applied',
  'rolled-back',
  'failed',
  'interrupted',
  'cancelled',
] as const;
export type PlanState = (typeof planStates)[number];

/** Code of the finding that says that a plan is too old; listed among what overtook a plan. */
export const expiredCode = 'plan.expired';

/** How long a plan that nobody applied can be applied. */
export const planDays = 30;

export interface PlanFacts {
  /** As it was stored: what reading the hosts found, or that an apply took it. */
  readonly stored: 'ready' | 'empty' | 'blocked' | 'stale' | 'applied';
  /** Codes of what happened since that makes it worthless; empty: nothing. */
  readonly staleCodes: readonly string[];
  /** The newest apply of it, and how its targets ended. */
  readonly apply: { readonly status: ApplyStatus; readonly targets: readonly ApplyStatus[] } | null;
  /** What the team's policies ask of it now, from nobody's view in particular; `null` where it is not asked. */
  readonly readiness: Readiness | null;
}

/** How far the review has come, the same for every reader. */
export interface Readiness {
  readonly approvalsNeeded: number;
  readonly approvals: number;
  /** A reviewer asks for changes, and that stops it. */
  readonly objected: boolean;
  /** A freeze of its hosts is on. */
  readonly frozen: boolean;
}

function stateOfApply({ status, targets }: NonNullable<PlanFacts['apply']>): PlanState {
  const ended = status === 'failed' || status === 'rolled-back' || status === 'cancelled';
  if (ended && targets.includes('succeeded')) return 'partly-applied';
  switch (status) {
    case 'queued':
    case 'running':
      return 'applying';
    case 'holding':
      return 'on-trial';
    case 'succeeded':
      return 'applied';
    default:
      return status;
  }
}

function stateOfReview({ approvalsNeeded, approvals, objected, frozen }: Readiness): PlanState {
  if (objected) return 'changes-requested';
  if (approvals < approvalsNeeded) return 'waiting-for-review';
  return frozen ? 'frozen' : 'ready';
}

/** Names a plan after what happened to it, not after what was tried. */
export function planState({ stored, staleCodes, apply, readiness }: PlanFacts): PlanState {
  if (apply) return stateOfApply(apply);
  if (staleCodes.length > 0 || stored === 'stale')
    return staleCodes.length > 0 && staleCodes.every((code) => code === expiredCode)
      ? 'expired'
      : 'overtaken';
  switch (stored) {
    case 'blocked':
      return 'blocked';
    case 'empty':
      return 'nothing-to-do';
    case 'applied':
      return 'applied';
    case 'ready':
      return readiness ? stateOfReview(readiness) : 'ready';
  }
}
