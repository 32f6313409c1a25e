import 'server-only';
import { Role } from '#core/access/roles';
import { isEmpty } from '#core/plan/is-empty';
import { TargetPlan } from '#core/plan/target-plan';
import type { ApplyQuestion, Verdict } from '#core/review/decide-apply';
import { verdicts } from '#core/review/decide-apply';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { planStaleness } from '../plans/plan-staleness';
import { undoTargets } from './undo-targets';

interface PlanRow {
  readonly id: string;
  readonly hash: string;
  readonly status: string;
  readonly createdAt: Date;
  readonly createdById: string | null;
}

const isVerdict = (text: string): text is Verdict => (verdicts as readonly string[]).includes(text);

/** Who made the plan, and who saved the revisions that it brings. What it takes back or leaves as it is has been decided before. */
async function authorsOf(
  db: ReadDb | WriteDb,
  plan: PlanRow,
  documents: readonly TargetPlan[],
): Promise<string[]> {
  const brought = documents.flatMap(({ sites }) =>
    sites.flatMap(({ siteId, from, to, selected }) =>
      selected && to !== null && (from === null || to > from) ? [{ siteId, number: to }] : [],
    ),
  );
  const revisions = await db.siteRevision.findMany({
    where: { OR: brought },
    select: { authorId: true },
  });
  return [...new Set([plan.createdById, ...revisions.map(({ authorId }) => authorId)])].filter(
    (id) => id !== null,
  );
}

/** Members that can sign in, with their roles. */
export async function rolesOf(db: ReadDb | WriteDb): Promise<Map<string, Role>> {
  const members = await db.member.findMany({ where: { user: { disabledAt: null } } });
  return new Map(members.map(({ userId, role }) => [userId, Role.parse(role)]));
}

/** Everything that decides whether somebody may apply a plan now. Read it inside the transaction that acts on the answer. */
export async function applyQuestion(
  db: ReadDb | WriteDb,
  plan: PlanRow,
  applier: ApplyQuestion['applier'],
  override: string | null = null,
): Promise<ApplyQuestion> {
  const now = new Date();
  const targets = await db.planTarget.findMany({ where: { planId: plan.id } });
  const documents = targets.map(({ document }) => TargetPlan.parse(document));
  const hostIds = [...new Set(documents.filter((each) => !isEmpty(each)).map(({ hostId }) => hostId))];
  const team = await db.team.findFirstOrThrow({ select: { approvalsNeeded: true } });
  const groups = await db.hostGroup.findMany({
    where: { hosts: { some: { id: { in: hostIds } } } },
    include: { operators: true },
    orderBy: [{ approvalsNeeded: 'desc' }, { name: 'asc' }],
  });
  const freezes = await db.freezeWindow.findMany({
    where: { endsAt: { gt: now }, OR: [{ groupId: null }, { groupId: { in: groups.map(({ id }) => id) } }] },
    include: { group: true },
    orderBy: { endsAt: 'asc' },
  });
  const reviews = await db.planReview.findMany({ where: { planId: plan.id }, include: { user: true } });
  const roles = await rolesOf(db);
  const stale = await planStaleness(db, plan);
  return {
    now: now.toISOString(),
    applier,
    plan: {
      hash: plan.hash,
      current: plan.status === 'ready' && stale.length === 0,
      authorIds: await authorsOf(db, plan, documents),
      targets: await undoTargets(db, documents),
    },
    reviews: reviews.flatMap(({ userId, user, verdict, planHash }) =>
      isVerdict(verdict)
        ? [{ userId, name: user.name, verdict, planHash, role: roles.get(userId) ?? null }]
        : [],
    ),
    teamApprovalsNeeded: team.approvalsNeeded,
    groups: groups.map(({ id, name, approvalsNeeded, restricted, operators }) => ({
      id,
      name,
      approvalsNeeded,
      restricted,
      operatorIds: operators.map(({ userId }) => userId),
    })),
    freezes: freezes.map(({ id, group, startsAt, endsAt, reason }) => ({
      id,
      group: group?.name ?? null,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      reason,
    })),
    override,
  };
}
