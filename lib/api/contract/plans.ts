import { z } from 'zod';
import { Issue } from '#core/issue';
import { TargetPlan } from '#core/plan/target-plan';
import { Line } from '#core/site/text';
import { planStates } from '#core/state/plan-state';
import { operation, outgoing, reading } from '../operation';
import { Id, IdParams, Instant, PageQuery, Person, page, TeamParams } from './shared';

/** `empty`: nothing to do. `blocked`: an error must be solved first. `stale`: something moved since; make a new one. */
export const PlanStatus = z.enum(['ready', 'empty', 'blocked', 'stale', 'applied']);
export type PlanStatus = z.infer<typeof PlanStatus>;

/** What happened to a plan, in the words of the screens; see the glossary. */
export const PlanState = z.enum(planStates);
export type PlanState = z.infer<typeof PlanState>;

export const PlanSummary = z.object({
  id: z.string(),
  hash: z.string(),
  status: PlanStatus,
  state: PlanState,
  createdBy: Person.nullable(),
  createdAt: Instant,
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  counts: z.object({ create: z.int(), update: z.int(), delete: z.int(), targets: z.int() }),
  applyId: z.string().nullable(),
});
export type PlanSummary = z.infer<typeof PlanSummary>;

export const Plan = PlanSummary.extend({
  targets: z.array(TargetPlan),
  /** For status `stale`: who or what changed since. */
  stale: z.array(Issue),
});
export type Plan = z.infer<typeof Plan>;

export const PlanInput = z.strictObject({
  /** Sites whose head (or removal) should go live; all others stay as they run. */
  siteIds: z.array(Id).min(1, 'choose at least one site').max(10_000),
  /** Only these targets; all targets of the sites when absent. */
  targetIds: z.array(Id).min(1).max(500).optional(),
  /** What an earlier plan named as a decision (`issues[].decision`) and a person lets through, with the reason that goes on record. */
  accept: z
    .array(
      z.strictObject({ targetId: Id, id: z.string().min(1).max(1000), reason: Line(500).min(3, 'say why') }),
    )
    .max(100)
    .optional(),
  /** Blocks of somebody else (`issues[].takeOver`) that go in the same apply that brings these sites. */
  takeOver: z
    .array(
      z.strictObject({
        targetId: Id,
        id: z
          .string()
          .max(400)
          .regex(/^\/.*:\d+$/, 'must be FILE:LINE, as the plan names it'),
      }),
    )
    .max(500)
    .optional(),
  /** Plan the head also where it was undone and is held back since. */
  overruleHolds: z.boolean().default(false),
});

export const plans = {
  list: operation({
    id: 'plans.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/plans',
    summary: 'List plans, newest first',
    gate: { kind: 'team', permission: 'plans.read' },
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: PageQuery,
    body: null,
    response: page(PlanSummary),
    status: 200,
  }),
  create: operation({
    id: 'plans.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/plans',
    summary: 'Read the hosts and plan the changes',
    gate: { kind: 'team', permission: 'plans.create' },
    rateLimit: outgoing,
    audit: 'plan.created',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: PlanInput,
    response: Plan,
    status: 201,
  }),
  get: operation({
    id: 'plans.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/plans/{id}',
    summary: 'Get a plan with its changes',
    gate: { kind: 'team', permission: 'plans.read' },
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: Plan,
    status: 200,
  }),
};
