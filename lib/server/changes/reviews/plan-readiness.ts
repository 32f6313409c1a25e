import 'server-only';
import { decideApply } from '#core/review/decide-apply';
import type { Readiness } from '#core/state/plan-state';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { applyQuestion } from './apply-question';

type PlanRow = Parameters<typeof applyQuestion>[1];

/** Somebody who is in no team: the answer depends on nobody who looks. */
const nobody = { id: '', role: 'viewer' } as const;

/**
 * How far a plan that is current has come, the same for every reader. Where no policy can ask for anything, and that is most teams, the plan's documents are not read.
 */
export async function planReadiness(db: ReadDb | WriteDb, plan: PlanRow): Promise<Readiness> {
  const now = new Date();
  const team = await db.team.findFirstOrThrow({ select: { approvalsNeeded: true } });
  const strict = await db.hostGroup.count({ where: { approvalsNeeded: { gt: 0 } } });
  const freezes = await db.freezeWindow.count({ where: { startsAt: { lte: now }, endsAt: { gt: now } } });
  if (team.approvalsNeeded === 0 && strict === 0 && freezes === 0)
    return { approvalsNeeded: 0, approvals: 0, objected: false, frozen: false };
  const decision = decideApply(await applyQuestion(db, plan, nobody));
  return {
    approvalsNeeded: decision.approvalsNeeded,
    approvals: decision.approvals.length,
    objected: decision.objected,
    frozen: decision.activeFreezes.length > 0,
  };
}
