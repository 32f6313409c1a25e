import { z } from 'zod';

/** What an apply was let through under. Kept with it: whether it may be undone without approval is decided by its history, not by its shape. */
export const ApplyTerms = z.object({
  /** An exemption let it through: it had fewer approvals than were asked for, or passed a freeze. */
  exempt: z.boolean(),
  /** Approvals that the policies asked for. */
  asked: z.int(),
  /** Approvals that counted. */
  approvals: z.int(),
  /** Ids of the freezes of its hosts that had been declared, begun or not. */
  freezes: z.array(z.string()),
});
export type ApplyTerms = z.infer<typeof ApplyTerms>;

/** From which revision to which an apply takes a site on one target; `null`: the site does not run there. */
export const Move = z.object({ siteId: z.string(), from: z.int().nullable(), to: z.int().nullable() });
export type Move = z.infer<typeof Move>;

/** An apply that succeeded on one target. */
export interface PastApply {
  /** ISO 8601 in UTC. */
  readonly finishedAt: string;
  /** `null` where none of it was kept. */
  readonly moves: readonly Move[] | null;
  readonly terms: ApplyTerms | null;
  /** One of its revisions says the same as one that had been replaced before: a return under a new number. */
  readonly restores: boolean;
}

/** One target that a plan changes, with what was applied there before. */
export interface UndoTarget {
  readonly moves: readonly Move[];
  /** Newest first. */
  readonly past: readonly PastApply[];
}

interface Question {
  /** ISO 8601 in UTC. */
  readonly now: string;
  /** Approvals that the policies ask for now. */
  readonly asked: number;
}

/** How long after an apply its undoing waits for nobody. */
const undoWithinMs = 24 * 3_600_000;

const movesBack = ({ from, to }: Move) => to === null || (from !== null && to < from);

/** Whether an apply that was approved as it should be has brought this revision here. */
const wasApproved = (past: readonly PastApply[], { siteId, to }: Move, asked: number) =>
  past.some(
    ({ terms, moves }) =>
      terms !== null &&
      !terms.exempt &&
      terms.approvals >= asked &&
      moves?.some((move) => move.siteId === siteId && move.to === to),
  );

/** The table: when one step back is no exemption, and what to tell the person. */
const rules = [
  {
    code: 'undo.late',
    because: 'the apply that it undoes ended more than a day ago',
    breaks: ({ past: [newest] }: UndoTarget, { now }: Question) =>
      !newest || Date.parse(now) - Date.parse(newest.finishedAt) > undoWithinMs,
  },
  {
    code: 'undo.of-undo',
    because:
      'the apply that it undoes was itself a return, and what was withdrawn comes back by approval only',
    breaks: ({ past: [newest] }: UndoTarget) =>
      !newest?.terms || newest.terms.exempt || newest.restores || (newest.moves ?? []).some(movesBack),
  },
  {
    code: 'undo.unapproved',
    because: 'what it puts back was never applied with as many approvals as are needed now',
    breaks: ({ moves, past }: UndoTarget, { asked }: Question) =>
      moves.some(
        (move) => move.to !== null && move.to !== move.from && !wasApproved(past.slice(1), move, asked),
      ),
  },
  {
    code: 'undo.policy-raised',
    because: 'more approvals are needed now than were for the apply that it undoes',
    breaks: ({ past: [newest] }: UndoTarget, { asked }: Question) => asked > (newest?.terms?.asked ?? 0),
  },
] as const;

export type UndoRule = (typeof rules)[number];

/** It moves some of what the newest apply moved, and exactly the other way round. */
function isStepBack({ moves, past: [newest] }: UndoTarget): boolean {
  const back = moves.every((move) =>
    newest?.moves?.some((was) => was.siteId === move.siteId && was.from === move.to && was.to === move.from),
  );
  return back && moves.some(({ from, to }) => from !== to);
}

export interface UndoExemption {
  /** Every target would go one step back. */
  readonly stepBack: boolean;
  /** Why that is no exemption all the same. */
  readonly broken: readonly UndoRule[];
  /** Whether it waits for nobody’s approval. */
  readonly holds: boolean;
  /** Freezes that it may pass: those that had been declared when the apply that it undoes was let through. */
  passes(freezeId: string): boolean;
}

/**
 * Whether a plan may put back what ran before without approval and through a freeze: one step back from an apply that went forward under the policies, to
 * what had itself been applied with as many approvals as are asked for now, and never against a policy or a freeze of later than that apply.
 */
export function undoExemption(targets: readonly UndoTarget[], question: Question): UndoExemption {
  const stepBack = targets.length > 0 && targets.every(isStepBack);
  const broken = stepBack ? rules.filter(({ breaks }) => targets.some((each) => breaks(each, question))) : [];
  const holds = stepBack && broken.length === 0;
  return {
    stepBack,
    broken,
    holds,
    passes: (id) => holds && targets.every(({ past: [newest] }) => newest?.terms?.freezes.includes(id)),
  };
}
