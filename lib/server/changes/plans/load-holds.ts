import 'server-only';
import type { Issue } from '#core/issue';
import type { TargetPlan } from '#core/plan/target-plan';
import { chunks } from '../../platform/database/chunks';
import type { ReadDb } from '../../platform/database/db';

/** A site that stays at what runs on a target, because somebody undid its head there. */
export interface Hold {
  readonly siteId: string;
  readonly targetId: string;
  /** `null`: it does not run there. */
  readonly revision: number | null;
  /** The revision that was undone. */
  readonly head: number;
  readonly by: string;
  readonly at: Date | null;
}

/** Holds of these sites that still count: another revision that was saved since ends one. */
export async function loadHolds(db: ReadDb, siteIds: readonly string[]): Promise<Hold[]> {
  const holds: Hold[] = [];
  for (const ids of chunks([...new Set(siteIds)])) {
    const rows = await db.siteTarget.findMany({
      where: { siteId: { in: ids }, heldHead: { not: null }, removing: false },
      include: { site: { select: { head: true } } },
    });
    const applies = await db.apply.findMany({
      where: { id: { in: rows.flatMap(({ heldByApplyId }) => heldByApplyId ?? []) } },
      select: { id: true, requestedBy: { select: { name: true } } },
    });
    const nameOf = new Map(applies.map(({ id, requestedBy }) => [id, requestedBy?.name]));
    for (const { siteId, targetId, appliedRevision, heldHead, heldByApplyId, heldAt, site } of rows) {
      if (heldHead === null || heldHead !== site.head) continue;
      const by = (heldByApplyId && nameOf.get(heldByApplyId)) || 'a former member';
      holds.push({ siteId, targetId, revision: appliedRevision, head: heldHead, by, at: heldAt });
    }
  }
  return holds;
}

/** In words: `stays at revision 7: Ada undid revision 8 on 2026-11-30`. */
export function holdText({ revision, head, by, at }: Omit<Hold, 'siteId' | 'targetId'>): string {
  const where = revision === null ? 'stays off this host' : `stays at revision ${revision}`;
  return `${where}: ${by} undid revision ${head}${at ? ` on ${at.toISOString().slice(0, 10)}` : ''}`;
}

/** A plan says which of the chosen sites it leaves as they run, and why. */
export function withHolds(plan: TargetPlan, holds: readonly Hold[]): TargetPlan {
  const issues = holds
    .filter(({ targetId }) => targetId === plan.targetId)
    .flatMap((hold): Issue[] => {
      const name = plan.sites.find(({ siteId }) => siteId === hold.siteId)?.name;
      return [
        {
          code: 'plan.held',
          severity: 'warning',
          path: [],
          message: name ? `${name} ${holdText(hold)}` : `a site ${holdText(hold)}`,
          hint: 'Save another revision, or lift the hold on the site’s page, to plan it again.',
          ...(name ? { site: name } : {}),
        },
      ];
    });
  return issues.length === 0 ? plan : { ...plan, issues: [...plan.issues, ...issues] };
}
