import 'server-only';
import type { Issue } from '#core/issue';
import { expiredCode, planDays } from '#core/state/plan-state';
import type { ReadDb, WriteDb } from '#server/platform/database/db';

export interface PlanRow {
  readonly id: string;
  readonly status: string;
  readonly createdAt: Date;
}

const dayMs = 86_400_000;

/** A plan that is ready is only as good as its reading of the hosts, and people forget what they approved. */
const expired = ({ status, createdAt }: PlanRow): Issue[] =>
  status === 'ready' && Date.now() - createdAt.getTime() > planDays * dayMs
    ? [
        {
          code: expiredCode,
          severity: 'warning',
          path: [],
          message: `It was made more than ${planDays} days ago.`,
          hint: 'Make a new plan: it starts from what is on the host now.',
        },
      ]
    : [];

/**
 * What has happened since a plan was made that makes it worthless: a newer revision of one of its sites, another apply on one of its
 * targets, or too much time. Files changed by hand are found by the host itself, right before the first write.
 */
export async function planStaleness(db: ReadDb | WriteDb, plan: PlanRow): Promise<Issue[]> {
  if (plan.status === 'applied') return [];
  const sites = await db.planSite.findMany({ where: { planId: plan.id }, include: { site: true } });
  const moved = sites.filter((row) => row.site.head !== row.revision);
  const revisions = await db.siteRevision.findMany({
    where: { OR: moved.map(({ siteId, site }) => ({ siteId, number: site.head })) },
    include: { author: true },
  });
  const newer = await db.applyTarget.findFirst({
    where: {
      // What failed or was undone left the host as this plan saw it.
      status: { notIn: ['failed', 'rolled-back', 'cancelled'] },
      target: { planTargets: { some: { planId: plan.id } } },
      // One from the future was made while the clock was ahead: it would make every plan stale until then.
      apply: { createdAt: { gt: plan.createdAt, lte: new Date() }, planId: { not: plan.id } },
    },
    include: { apply: { include: { requestedBy: true } }, target: { include: { host: true } } },
    orderBy: { apply: { createdAt: 'desc' } },
  });
  return [
    ...moved.map(({ siteId, site }): Issue => {
      const author = revisions.find((row) => row.siteId === siteId)?.author?.name ?? 'Somebody';
      return {
        code: 'plan.newer-revision',
        severity: 'warning',
        path: [],
        message: `${author} saved revision ${site.head} of ${site.name} after this plan was made.`,
        hint: 'Make a new plan to review that revision.',
        site: site.name,
      };
    }),
    ...(newer
      ? [
          {
            code: 'plan.newer-apply',
            severity: 'warning' as const,
            path: [],
            message: `${newer.apply.requestedBy?.name ?? 'Somebody'} applied another plan to ${newer.target.host.name} after this one was made.`,
            hint: 'Make a new plan: it starts from what is on the host now.',
          },
        ]
      : []),
    ...expired(plan),
  ];
}
