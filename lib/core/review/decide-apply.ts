import { can } from '../access/permissions';
import type { Role } from '../access/roles';
import type { Issue } from '../issue';
import { type ApplyTerms, type UndoExemption, type UndoTarget, undoExemption } from './undo-exemption';

export const verdicts = ['approved', 'changes-requested'] as const;
export type Verdict = (typeof verdicts)[number];

/** A person's newest word on a plan. */
export interface ReviewFacts {
  readonly userId: string;
  readonly name: string;
  readonly verdict: Verdict;
  /** Hash of the plan that they looked at. */
  readonly planHash: string;
  /** Their role in the team now; `null` for a person who left or was disabled. */
  readonly role: Role | null;
}

export interface GroupRule {
  readonly id: string;
  readonly name: string;
  readonly approvalsNeeded: number;
  readonly restricted: boolean;
  readonly operatorIds: readonly string[];
}

export interface FreezeFacts {
  readonly id: string;
  /** Name of the host group that it is for; `null`: all hosts of the team. */
  readonly group: string | null;
  /** ISO 8601 in UTC. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string;
}

export interface ApplyQuestion {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Who would apply. */
  readonly applier: { readonly id: string; readonly role: Role };
  readonly plan: {
    readonly hash: string;
    /** Ready, and nothing has moved since. */
    readonly current: boolean;
    /** Whose work it is: who made the plan, and who saved the revisions that it brings. */
    readonly authorIds: readonly string[];
    /** What it moves on each target that it changes, and what was applied there before. */
    readonly targets: readonly UndoTarget[];
  };
  readonly reviews: readonly ReviewFacts[];
  readonly teamApprovalsNeeded: number;
  /** Groups of the hosts that it would change. */
  readonly groups: readonly GroupRule[];
  /** Of the team and of those groups; past and future ones may be among them. */
  readonly freezes: readonly FreezeFacts[];
  /** Why an admin applies during a freeze anyway. */
  readonly override: string | null;
}

/** Why a review is not counted. */
export type NotCounted = 'outdated' | 'no-reviewer' | 'author' | 'applier';

export interface ApplyDecision {
  readonly approvalsNeeded: number;
  /** People whose approval counts, no matter who applies. */
  readonly approvals: readonly string[];
  /** Those whose approval counts when this person applies: their own does not. */
  readonly approvedBy: readonly string[];
  /** A reviewer's request for changes stops it. */
  readonly objected: boolean;
  readonly counted: Readonly<Record<string, NotCounted | null>>;
  readonly activeFreezes: readonly FreezeFacts[];
  /** The freeze is all that is in the way, and this person may override it. */
  readonly mayOverride: boolean;
  /** What is missing before it can be applied; empty: nothing is. */
  readonly missing: readonly Issue[];
  /** Worth knowing, but in nobody's way. */
  readonly notes: readonly Issue[];
  /** What it would be let through under. */
  readonly terms: ApplyTerms;
}

function whyNotCounted(review: ReviewFacts, { plan, applier }: ApplyQuestion): NotCounted | null {
  if (review.planHash !== plan.hash || !plan.current) return 'outdated';
  if (review.role === null || !can(review.role, 'plans.review')) return 'no-reviewer';
  if (review.verdict === 'changes-requested') return null;
  if (plan.authorIds.includes(review.userId)) return 'author';
  return review.userId === applier.id ? 'applier' : null;
}

const issue = (code: string, severity: Issue['severity'], message: string, hint?: string): Issue => ({
  code,
  severity,
  path: [],
  message,
  ...(hint ? { hint } : {}),
});

const people = (count: number) => (count === 1 ? 'one person' : `${count} people`);

function missingApprovals(question: ApplyQuestion, needed: number, has: number, all: number): Issue[] {
  if (has >= needed) return [];
  if (all >= needed) {
    return [
      issue(
        'review.approvals',
        'error',
        'You approved this plan, and your own approval does not count when you apply it.',
        'Leave the apply to somebody else, or request another review.',
      ),
    ];
  }
  const strictest = question.groups.find(({ approvalsNeeded }) => approvalsNeeded === needed);
  const where =
    strictest && needed > question.teamApprovalsNeeded ? `Hosts of ${strictest.name} need` : 'The team needs';
  const counted = needed === 1 ? '' : ` So far: ${has}.`;
  return [
    issue(
      'review.approvals',
      'error',
      `${where} the approval of ${people(needed)} who neither made this plan nor saved what it brings nor apply it.${counted}`,
      'Request a review.',
    ),
  ];
}

/**
 * Whether a plan may be applied by somebody now, as far as the team's policies go: who has approved, who may touch the hosts, and whether they are
 * frozen. The server asks this inside the transaction that begins the apply; the review asks it to say what is missing.
 */
export function decideApply(question: ApplyQuestion): ApplyDecision {
  const { applier, plan, reviews, groups, now, override } = question;
  const counted = Object.fromEntries(
    reviews.map((review) => [review.userId, whyNotCounted(review, question)]),
  );
  const standing = reviews.filter(({ userId }) => counted[userId] === null);
  const approvedBy = standing.filter(({ verdict }) => verdict === 'approved').map(({ userId }) => userId);
  const approvals = reviews
    .filter(
      ({ userId, verdict }) => verdict === 'approved' && [null, 'applier'].includes(counted[userId] ?? null),
    )
    .map(({ userId }) => userId);
  const against = standing.filter(({ verdict }) => verdict === 'changes-requested');
  const asked = Math.max(
    question.teamApprovalsNeeded,
    ...groups.map(({ approvalsNeeded }) => approvalsNeeded),
  );
  // What it puts back was approved before, and waiting would keep a fault alive.
  const undo = undoExemption(plan.targets, { now, asked });
  const approvalsNeeded = undo.holds ? 0 : asked;

  const closed = groups.filter(
    ({ restricted, operatorIds }) =>
      restricted && applier.role !== 'admin' && !operatorIds.includes(applier.id),
  );
  const activeFreezes = question.freezes.filter(({ startsAt, endsAt }) => startsAt <= now && now < endsAt);
  const frozen = activeFreezes.filter(({ id }) => !undo.passes(id));

  const objections = against.map(({ name }) =>
    issue(
      'review.changes-requested',
      approvalsNeeded > 0 ? 'error' : 'warning',
      `${name} asks for changes.`,
      approvalsNeeded > 0 ? `Make a new plan, or ask ${name} to approve this one.` : undefined,
    ),
  );
  const others = [
    ...objections.filter(({ severity }) => severity === 'error'),
    ...missingApprovals(question, approvalsNeeded, approvedBy.length, approvals.length),
    ...closed.map(({ name }) =>
      issue(
        'policy.restricted',
        'error',
        `Only operators of the host group ${name} and admins may apply to its hosts.`,
        'Ask one of them to apply it.',
      ),
    ),
  ];
  const overridden = applier.role === 'admin' && override !== null && override.trim() !== '';
  const freezeIssues = frozen.map(({ group, endsAt, reason }) =>
    issue(
      'policy.frozen',
      'error',
      `${group === null ? 'The team’s hosts are' : `The hosts of ${group} are`} frozen until ${endsAt}: ${reason}`,
      applier.role === 'admin' ? 'Wait, or override it with a reason.' : 'Wait, or ask an admin.',
    ),
  );
  return {
    approvalsNeeded,
    approvals,
    approvedBy,
    objected: approvalsNeeded > 0 && objections.length > 0,
    counted,
    activeFreezes: frozen,
    mayOverride: applier.role === 'admin' && frozen.length > 0 && others.length === 0,
    missing: [...others, ...(overridden ? [] : freezeIssues)],
    notes: [
      ...objections.filter(({ severity }) => severity === 'warning'),
      ...(asked > 0 || activeFreezes.length > 0 ? undoNotes(undo, frozen) : []),
    ],
    terms: {
      exempt: approvedBy.length < asked || frozen.length < activeFreezes.length,
      asked,
      approvals: approvedBy.length,
      freezes: question.freezes.map(({ id }) => id),
    },
  };
}

/** Why putting back what ran before waits for nobody, or why it does. */
function undoNotes({ stepBack, holds, broken }: UndoExemption, frozen: readonly FreezeFacts[]): Issue[] {
  if (!stepBack) return [];
  if (!holds) {
    return broken.map(({ code, because }) =>
      issue(code, 'advice', `This plan puts back what ran before, but all policies hold for it: ${because}.`),
    );
  }
  const through = frozen.length === 0 ? ' and no end of a freeze' : '';
  const later = frozen.length > 0 ? ' The freeze was declared after that apply, so it holds.' : '';
  return [
    issue(
      'policy.undo',
      'advice',
      `This plan puts back what ran before the newest apply, so it needs no approval${through}.${later}`,
    ),
  ];
}
