import 'server-only';
import type { z } from 'zod';
import { type Plan as PlanSchema, PlanStatus, type PlanSummary } from '#api/contract/plans';
import { ApplyStatus } from '#core/change/step';
import { TargetPlan } from '#core/plan/target-plan';
import { planState } from '#core/state/plan-state';
import type { Prisma } from '../../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { planReadiness } from '../reviews/plan-readiness';
import { planStaleness } from './plan-staleness';

/** What a plan's row has to bring along to be shown. */
export const planInclude = {
  createdBy: true,
  sites: { include: { site: true } },
  targets: { select: { id: true } },
  applies: {
    select: { id: true, status: true, targets: { select: { status: true } } },
    orderBy: { createdAt: 'desc' },
    take: 1,
  },
} as const satisfies Prisma.PlanInclude;
type Row = Prisma.PlanGetPayload<{ include: typeof planInclude }>;

/** A plan in a list. `stale` is found out when it is shown, since it depends on what happened meanwhile. */
export async function planSummary(db: ReadDb | WriteDb, row: Row): Promise<z.input<typeof PlanSummary>> {
  const { stale, ...summary } = await show(db, row);
  return summary;
}

/** A plan with its changes, as it was stored. */
export async function planView(db: ReadDb | WriteDb, row: Row): Promise<z.input<typeof PlanSchema>> {
  const targets = await db.planTarget.findMany({
    where: { planId: row.id },
    orderBy: [{ target: { host: { name: 'asc' } } }, { target: { server: 'asc' } }],
  });
  return { ...(await show(db, row)), targets: targets.map(({ document }) => TargetPlan.parse(document)) };
}

async function show(db: ReadDb | WriteDb, row: Row) {
  const stale = await planStaleness(db, row);
  const stored = PlanStatus.parse(row.status);
  const by = row.createdBy;
  const [apply] = row.applies;
  return {
    id: row.id,
    hash: row.hash,
    status: stale.length > 0 ? ('stale' as const) : stored,
    state: planState({
      stored,
      staleCodes: stale.map(({ code }) => code),
      apply: apply ? applyFacts(apply) : null,
      readiness: stored === 'ready' && stale.length === 0 ? await planReadiness(db, row) : null,
    }),
    createdBy: by && { id: by.id, name: by.name, email: by.email },
    createdAt: row.createdAt.toISOString(),
    sites: row.sites
      .map(({ site }) => ({ id: site.id, name: site.name }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    counts: { create: row.creates, update: row.updates, delete: row.deletes, targets: row.targets.length },
    applyId: apply?.id ?? null,
    stale,
  };
}

const applyFacts = ({ status, targets }: { status: string; targets: readonly { status: string }[] }) => ({
  status: ApplyStatus.parse(status),
  targets: targets.map((target) => ApplyStatus.parse(target.status)),
});
