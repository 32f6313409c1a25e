import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Issue } from '#core/issue';
import { isEmpty } from '#core/plan/is-empty';
import { planHashInput } from '#core/plan/plan-hash-input';
import { TargetPlan } from '#core/plan/target-plan';
import { type ApplyDecision, decideApply } from '#core/review/decide-apply';
import type { Context } from '../../door/context';
import type { WriteDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';
import { sha256 } from '../../platform/sha256';
import { planStaleness } from '../plans/plan-staleness';
import { applyQuestion } from '../reviews/apply-question';
import { movesOf } from '../reviews/undo-targets';
import { startApply } from './apply-jobs';
import { openStatuses } from './apply-status';
import { applySubject } from './apply-subject';
import { applyInclude, applyView } from './apply-view';
import { resumedApply } from './resumed-apply';

/** Starts the apply of exactly the plan that was reviewed. Refuses when anything about it is not as it was then. */
export async function createApply(context: Context<typeof applies.create>) {
  const { body, actor, team, role, may, assertProven } = context;
  const byToken = actor.via.kind === 'token';
  let hostIds: string[] = [];
  const view = await context.change(async (tx) => {
    const plan = await tx.plan.findUnique({
      where: { id: body.planId },
      include: { targets: true, applies: true, sites: { include: { site: true } } },
    });
    if (!plan) throw notFound('plan');
    const documents = plan.targets.map(({ document }) => TargetPlan.parse(document));
    if (plan.hash !== body.planHash || sha256(planHashInput(documents)) !== plan.hash) throw anotherPlan();
    const resumed = body.resume === undefined ? null : await resumedApply(tx, plan.id, body.resume);
    // What was applied is no longer looked at; what is taken up counts as a plan that still waits.
    const stale = await planStaleness(tx, resumed ? { ...plan, status: 'ready' } : plan);
    if (stale.length > 0) throw staleError(stale);
    if (!resumed) assertReady(plan.status, documents);
    const override = body.override ?? null;
    // To override a freeze is to lower a control for once: a person's word, given at their browser, and no token's.
    if (override !== null) assertProven();
    const applier = {
      id: actor.id,
      role:
        role === 'admin' && ((override !== null && byToken) || !may('policies.write')) ? 'operator' : role,
    } as const;
    const decision = decideApply(await applyQuestion(tx, plan, applier, override));
    assertAllowed(decision.missing);
    const targets = documents.filter(
      (document) => !isEmpty(document) && !resumed?.done.has(document.targetId),
    );
    hostIds = [...new Set(targets.map(({ hostId }) => hostId))];
    await assertFree(tx, hostIds);
    const row = await tx.apply.create({
      data: {
        teamId: team.id,
        planId: plan.id,
        planHash: plan.hash,
        status: 'queued',
        requestedById: actor.id,
        holdSeconds: body.holdSeconds,
        terms: decision.terms,
        targets: {
          create: targets.map((document, position) => ({
            targetId: document.targetId,
            position,
            status: 'queued',
            moves: movesOf(document),
          })),
        },
      },
      include: applyInclude,
    });
    await tx.plan.update({ where: { id: plan.id }, data: { status: 'applied' } });
    return {
      value: applyView(row),
      audit: {
        subject: applySubject({ plan }),
        subjectId: row.id,
        detail: {
          planId: plan.id,
          planHash: plan.hash,
          holdSeconds: body.holdSeconds,
          targets: targets.length,
          terms: decision.terms,
          ...(resumed ? { resumes: resumed.id } : {}),
          ...(await policyDetail(tx, decision, override)),
        },
      },
    };
  });
  startApply(view.id, hostIds);
  return view;
}

/** What the team's policies still ask for (see `decideApply`). */
function assertAllowed(missing: readonly Issue[]): void {
  const [first] = missing;
  if (!first) return;
  const code = first.code === 'policy.restricted' ? 'forbidden' : 'conflict';
  throw new AppError(code, first.message, { ...(first.hint ? { hint: first.hint } : {}), issues: missing });
}

/** Who approved, and why a freeze was overridden, for the record. */
async function policyDetail(tx: WriteDb, decision: ApplyDecision, override: string | null) {
  const people = await tx.user.findMany({ where: { id: { in: [...decision.approvedBy] } } });
  return {
    ...(people.length > 0 ? { approvedBy: people.map(({ email }) => email).sort() } : {}),
    ...(decision.activeFreezes.length > 0 && override !== null
      ? {
          freezeOverridden: override,
          freezes: decision.activeFreezes.map(({ group, reason }) => `${group ?? 'all hosts'}: ${reason}`),
        }
      : {}),
  };
}

const anotherPlan = () =>
  new AppError('stale', 'This is not the plan that you reviewed.', {
    hint: 'Reload the plan, review it and apply again.',
  });

const staleError = (issues: readonly Issue[]) =>
  new AppError('stale', issues[0]?.message ?? 'The plan is out of date.', {
    hint: 'Make a new plan.',
    issues,
  });

function assertReady(status: string, documents: readonly TargetPlan[]): void {
  if (status === 'ready') return;
  if (status === 'empty')
    throw new AppError(
      'conflict',
      'There is nothing to apply: the hosts already hold what the plan asks for.',
    );
  if (status === 'applied') {
    throw new AppError('conflict', 'This plan has been applied already.', { hint: 'Make a new plan.' });
  }
  const issues = documents
    .flatMap((document) => [...document.issues, ...document.preflight.issues])
    .filter((issue) => issue.severity === 'error');
  throw new AppError('conflict', 'The plan has errors that must be solved first.', {
    hint: 'Solve them and make a new plan.',
    issues,
  });
}

/** One at a time per host (G8); the host's own lock holds the same against other dashboards. */
async function assertFree(tx: WriteDb, hostIds: readonly string[]): Promise<void> {
  const busy = await tx.applyTarget.findFirst({
    where: { status: { in: [...openStatuses] }, target: { hostId: { in: [...hostIds] } } },
    include: { apply: { include: { requestedBy: true } }, target: { include: { host: true } } },
  });
  if (!busy) return;
  const who = busy.apply.requestedBy?.name ?? 'Somebody';
  const unresolved = busy.status === 'interrupted';
  throw new AppError(
    'conflict',
    unresolved
      ? `It is not known yet what happened to ${who}’s apply on ${busy.target.host.name}: the host cannot be asked.`
      : `${who}’s apply is still under way on ${busy.target.host.name}.`,
    { hint: unresolved ? 'Bring the host back within reach.' : 'Wait for it to end, then make a new plan.' },
  );
}
