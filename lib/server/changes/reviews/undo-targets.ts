import 'server-only';
import { isEmpty } from '#core/plan/is-empty';
import type { TargetPlan } from '#core/plan/target-plan';
import { ApplyTerms, Move, type PastApply, type UndoTarget } from '#core/review/undo-exemption';
import type { ReadDb, WriteDb } from '../../platform/database/db';

/** Applies of one target that are looked back on for where a revision came from. */
const lookBack = 500;

/** What a plan moves on one target, as it is kept with its apply. */
export const movesOf = ({ sites }: TargetPlan): Move[] =>
  sites.flatMap(({ siteId, from, to, selected }) => (selected ? [{ siteId, from, to }] : []));

/** Whether an apply brought under a new number what an earlier revision had said. */
async function restores(db: ReadDb | WriteDb, moves: readonly Move[]): Promise<boolean> {
  for (const { siteId, from, to } of moves) {
    if (from === null || to === null || from === to) continue;
    const revision = await db.siteRevision.findFirst({ where: { siteId, number: to } });
    if (revision === null || revision.document === null) continue;
    const where = { siteId, number: { lt: from }, document: { equals: revision.document } };
    if ((await db.siteRevision.count({ where })) > 0) return true;
  }
  return false;
}

/** The history that decides whether a plan is one step back (see `undoExemption`): for each target that it changes. */
export async function undoTargets(
  db: ReadDb | WriteDb,
  documents: readonly TargetPlan[],
): Promise<UndoTarget[]> {
  const targets: UndoTarget[] = [];
  for (const document of documents.filter((each) => !isEmpty(each))) {
    const rows = await db.applyTarget.findMany({
      where: { targetId: document.targetId, status: 'succeeded', finishedAt: { not: null } },
      orderBy: [{ apply: { createdAt: 'desc' } }, { id: 'desc' }],
      select: { finishedAt: true, moves: true, apply: { select: { terms: true } } },
      take: lookBack,
    });
    const past = rows.map(
      ({ finishedAt, moves, apply }): PastApply => ({
        finishedAt: finishedAt?.toISOString() ?? '',
        moves: Move.array().nullable().parse(moves),
        terms: ApplyTerms.nullable().parse(apply.terms),
        restores: false,
      }),
    );
    const [newest, ...older] = past;
    const returned = newest && { ...newest, restores: await restores(db, newest.moves ?? []) };
    targets.push({ moves: movesOf(document), past: returned ? [returned, ...older] : [] });
  }
  return targets;
}
