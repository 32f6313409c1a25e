import 'server-only';
import { TargetPlan } from '#core/plan/target-plan';
import { renderTarget } from '#core/servers/render';
import type { Rendering } from '#core/servers/types';
import type { Site } from '#core/site/schema';
import { addressFromHere } from '../../hosts/address-from-here';
import { db } from '../../platform/database/db';
import { loadRevisions } from '../../sites/load-revisions';

/** A site of the target, with the documents before and after. */
export interface JobSite {
  readonly siteId: string;
  readonly name: string;
  readonly selected: boolean;
  readonly from: number | null;
  readonly to: number | null;
  readonly document: Site | null;
  readonly running: Site | null;
}

/** All that is needed to carry out one target's part of an apply, read once from the database. */
export interface TargetJob {
  readonly applyId: string;
  readonly applyTargetId: string;
  readonly teamId: string;
  readonly targetId: string;
  readonly host: { readonly id: string; readonly name: string; readonly address: string | null };
  readonly status: string;
  /** Who asks, as the host tells it to anybody who comes second. */
  readonly holder: string;
  readonly plan: TargetPlan;
  readonly plannedAt: Date;
  readonly sites: readonly JobSite[];
  /** The same files as in the plan, with the field behind each line. */
  readonly rendering: Rendering;
}

/** The parts of an apply in order of execution. */
export async function loadTargetJobs(applyId: string): Promise<TargetJob[]> {
  const apply = await db().apply.findUniqueOrThrow({
    where: { id: applyId },
    include: {
      requestedBy: true,
      plan: { include: { targets: true } },
      targets: { include: { target: { include: { host: true } } }, orderBy: { position: 'asc' } },
    },
  });
  return Promise.all(
    apply.targets.map(async (row): Promise<TargetJob> => {
      const stored = apply.plan.targets.find(({ targetId }) => targetId === row.targetId);
      const plan = TargetPlan.parse(stored?.document);
      const sites = await loadSites(plan);
      const { host } = row.target;
      return {
        applyId,
        applyTargetId: row.id,
        teamId: apply.teamId,
        targetId: row.targetId,
        host: { id: host.id, name: host.name, address: addressFromHere(host) },
        status: row.status,
        holder: (apply.requestedBy?.email ?? 'gatehouse').replace(/[^A-Za-z0-9._@:+-]/g, '_').slice(0, 120),
        plan,
        plannedAt: apply.plan.createdAt,
        sites,
        rendering: renderTarget(
          sites.flatMap(({ document }) => (document ? [document] : [])),
          plan.target,
        ),
      };
    }),
  );
}

async function loadSites(plan: TargetPlan): Promise<JobSite[]> {
  const revision = await loadRevisions(
    db(),
    plan.sites.flatMap(({ siteId, from, to }) =>
      [from, to].flatMap((number) => (number === null ? [] : [{ siteId, number }])),
    ),
  );
  return plan.sites.map(({ siteId, name, selected, from, to }) => ({
    siteId,
    name,
    selected,
    from,
    to,
    document: to === null ? null : revision(siteId, to),
    running: from === null ? null : revision(siteId, from),
  }));
}
