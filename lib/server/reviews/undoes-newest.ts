import 'server-only';
import { isEmpty } from '#core/plan/is-empty';
import { TargetPlan } from '#core/plan/target-plan';
import type { ReadDb, WriteDb } from '../db';

/** How long after an apply its undoing waits for nobody. */
const undoWithinMs = 24 * 3_600_000;

/**
 * Whether a plan does nothing but put back what ran before the newest successful apply of each of its targets, not long ago. Judged by what the two plans
 * move, not by how this one was made.
 */
export async function undoesNewest(
  db: ReadDb | WriteDb,
  documents: readonly TargetPlan[],
  now: Date,
): Promise<boolean> {
  const changed = documents.filter((document) => !isEmpty(document));
  for (const document of changed) {
    const newest = await db.applyTarget.findFirst({
      where: { targetId: document.targetId, status: 'succeeded' },
      orderBy: [{ apply: { createdAt: 'desc' } }, { id: 'desc' }],
      include: { apply: { select: { planId: true } } },
    });
    if (!newest?.finishedAt || now.getTime() - newest.finishedAt.getTime() > undoWithinMs) return false;
    const before = await db.planTarget.findFirst({
      where: { planId: newest.apply.planId, targetId: document.targetId },
    });
    if (!before) return false;
    const moved = TargetPlan.parse(before.document).sites.filter(({ selected }) => selected);
    const chosen = document.sites.filter(({ selected }) => selected);
    const back = chosen.every((site) =>
      moved.some((was) => was.siteId === site.siteId && was.from === site.to && was.to === site.from),
    );
    if (!back || chosen.every(({ from, to }) => from === to)) return false;
  }
  return changed.length > 0;
}
