import 'server-only';
import { setMaxListeners } from 'node:events';
import type { plans } from '#api/contract/plans';
import type { Change } from '#core/change/change';
import { isEmpty } from '#core/plan/is-empty';
import { planHashInput } from '#core/plan/plan-hash-input';
import type { Accepted } from '#core/plan/serving-issues';
import type { TargetPlan } from '#core/plan/target-plan';
import { recordInventory } from '#server/hosts/inventory/record-inventory';
import type { Context } from '../../door/context';
import { AppError } from '../../platform/errors/app-error';
import { mapBounded } from '../../platform/jobs/map-bounded';
import { sha256 } from '../../platform/sha256';
import { recordApplied } from '../applies/record-applied';
import { type Hold, loadHolds, withHolds } from './load-holds';
import { type BringBack, loadPlanTargets, type WantedRevisions } from './load-plan-targets';
import { missingIssuers } from './missing-issuers';
import { planTarget } from './plan-target';
import { planInclude, planView } from './plan-view';

const hostsAtOnce = 8;

/** Reads every host concerned now, plans what has to change there, and keeps the plan for review. */
export const createPlan = async (context: Context<typeof plans.create>) => {
  const { overruleHolds, ...wanted } = context.body;
  const holds = overruleHolds ? [] : await loadHolds(context.db, wanted.siteIds);
  return makePlan(context, { ...wanted, holds });
};

interface Wanted {
  readonly siteIds: readonly string[];
  /** Only these; all targets of the sites when absent. */
  readonly targetIds?: readonly string[] | undefined;
  /** Revisions other than the head, by site and target; `null` takes the site away from there. */
  readonly revisions?: WantedRevisions | undefined;
  /** What a person lets through, by target. */
  readonly accept?: readonly (Accepted & { readonly targetId: string })[] | undefined;
  /** Blocks of somebody else that go with it, by target. */
  readonly takeOver?: readonly { readonly targetId: string; readonly id: string }[] | undefined;
  /** What an apply that is undone took over, by target. */
  readonly bringBack?: ReadonlyMap<string, readonly BringBack[]> | undefined;
  /** What stays as it runs although it was chosen. */
  readonly holds?: readonly Hold[] | undefined;
}

type Planner = Pick<Context<typeof plans.create>, 'db' | 'actor' | 'team' | 'signal' | 'change'>;

/** The same for operations that choose the sites themselves. */
export async function makePlan(context: Planner, body: Wanted) {
  const { db, actor } = context;
  const siteIds = [...new Set(body.siteIds)];
  const sites = await db.site.findMany({ where: { id: { in: siteIds } }, include: { targets: true } });
  assertPlannable(siteIds, sites, body.targetIds);
  const holds = body.holds ?? [];
  const kept = holds.map(({ siteId, targetId, revision }) => [`${siteId} ${targetId}`, revision] as const);
  const revisions = new Map([...kept, ...(body.revisions ?? [])]);
  const inputs = await loadPlanTargets(db, siteIds, body.targetIds, revisions);
  // Every request to every host listens for it: no leak.
  setMaxListeners(0, context.signal);
  const acceptedOn = (targetId: string) =>
    (body.accept ?? [])
      .filter((each) => each.targetId === targetId)
      .map(({ id, reason }) => ({ id, reason }));
  const issuers = new Set((await db.issuer.findMany({ select: { name: true } })).map(({ name }) => name));
  const planned = await mapBounded(inputs, hostsAtOnce, async (input) => {
    const { targetId } = input;
    const found = await planTarget(
      {
        ...input,
        accepted: acceptedOn(targetId),
        takeOver: (body.takeOver ?? []).flatMap((each) => (each.targetId === targetId ? [each.id] : [])),
        bringBack: body.bringBack?.get(targetId) ?? [],
      },
      context.signal,
    );
    const chosen = input.sites.flatMap(({ selected, document }) => (selected && document ? [document] : []));
    const issues = [...found.plan.issues, ...missingIssuers(chosen, issuers)];
    return { ...found, plan: { ...found.plan, issues } };
  });
  if (context.signal.aborted) throw new AppError('bad-request', 'The request was aborted.');
  const targets = planned.map(({ plan }) => withHolds(plan, holds));
  const hash = sha256(planHashInput(targets));
  const accepted = targets.flatMap((target) => target.accepted);
  const takenOver = targets.flatMap((target) => target.takenOver);
  const count = (action: Change['action']) =>
    targets.reduce(
      (sum, { changes }) => sum + changes.filter((change) => change.action === action).length,
      0,
    );
  return context.change(async (tx) => {
    const row = await tx.plan.create({
      data: {
        teamId: context.team.id,
        hash,
        status: statusOf(targets),
        createdById: actor.id,
        creates: count('create'),
        updates: count('update'),
        deletes: count('delete'),
        sites: { create: sites.map(({ id, head }) => ({ siteId: id, revision: head })) },
        targets: { create: targets.map((target) => ({ targetId: target.targetId, document: target })) },
      },
      include: planInclude,
    });
    for (const { plan, looked } of planned) if (looked) await recordInventory(tx, plan.targetId, looked);
    // A revision that changes no file of a target runs there already.
    for (const { plan, includes } of planned) {
      if (isEmpty(plan) && !hasErrors(plan)) await recordApplied(tx, plan, includes, null);
    }
    return {
      value: await planView(tx, row),
      audit: {
        subject: `plan for ${sites
          .map(({ name }) => name)
          .join(', ')
          .slice(0, 200)}`,
        subjectId: row.id,
        detail: {
          hash,
          status: row.status,
          sites: siteIds.length,
          targets: targets.length,
          ...(accepted.length > 0 ? { accepted } : {}),
          ...(takenOver.length > 0 ? { takenOver } : {}),
        },
      },
    };
  });
}

function assertPlannable(
  siteIds: readonly string[],
  sites: readonly { id: string; name: string; targets: readonly { targetId: string }[] }[],
  targetIds: readonly string[] | undefined,
) {
  const issues = siteIds.flatMap((id, index) => {
    const site = sites.find((each) => each.id === id);
    const targets = site?.targets.filter(({ targetId }) => !targetIds || targetIds.includes(targetId)) ?? [];
    if (site && targets.length > 0) return [];
    return [
      {
        code: site ? 'plan.no-host' : 'plan.no-site',
        severity: 'error' as const,
        path: ['siteIds', index],
        message: site ? `${site.name} is not to run on any of these hosts yet.` : 'There is no such site.',
        ...(site ? { hint: 'Choose a host for it on the site’s page.' } : {}),
      },
    ];
  });
  if (issues.length > 0)
    throw new AppError('invalid', issues[0]?.message ?? 'Nothing can be planned.', { issues });
}

const hasErrors = ({ issues, preflight }: TargetPlan) =>
  [...issues, ...preflight.issues].some((issue) => issue.severity === 'error');

/** An error anywhere blocks the whole plan: what was reviewed is applied whole or not at all. */
function statusOf(targets: readonly TargetPlan[]): 'ready' | 'empty' | 'blocked' {
  if (targets.some(hasErrors)) return 'blocked';
  return targets.every(isEmpty) ? 'empty' : 'ready';
}
