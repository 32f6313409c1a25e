import { z } from 'zod';
import { ApplyStatus, StepName, StepStatus } from '#core/change/step';
import { Issue } from '#core/issue';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import { Line } from '#core/site/text';
import { ServerKind } from '#core/web-server/render-target';
import { changing, operation, outgoing, reading } from '../operation';
import { Plan } from './plans';
import { Id, IdParams, Instant, PageQuery, Person, page, TeamParams } from './shared';

export const Step = z.object({
  sequence: z.int(),
  name: StepName,
  status: StepStatus,
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  message: z.string(),
  output: z.string(),
});
export type Step = z.infer<typeof Step>;

export const ApplyTarget = z.object({
  id: z.string(),
  targetId: z.string(),
  hostId: z.string(),
  hostName: z.string(),
  server: ServerKind,
  status: ApplyStatus,
  /** When the host undoes the change by itself unless it is confirmed. */
  holdUntil: Instant.nullable(),
  failure: Issue.nullable(),
  steps: z.array(Step),
  probes: z.array(ProbeOutcome.extend({ phase: z.enum(['before', 'after']) })),
});

export const ApplySummary = z.object({
  id: z.string(),
  planId: z.string(),
  planHash: z.string(),
  status: ApplyStatus,
  requestedBy: Person.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  failure: Issue.nullable(),
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  hosts: z.array(z.string()),
});
export type ApplySummary = z.infer<typeof ApplySummary>;

export const Apply = ApplySummary.extend({
  holdSeconds: z.int(),
  /** Somebody asked to begin no further target. */
  cancelledAt: Instant.nullable(),
  /** It was cut short, by a crash for example: the same plan may be applied once more (`resume`). */
  resumable: z.boolean(),
  targets: z.array(ApplyTarget),
});
export type Apply = z.infer<typeof Apply>;

/** One message of the live stream: the whole apply in its current state. Small enough, and a reader can never miss a part. */
export const ApplyEvent = z.object({ apply: Apply });

export const ApplyInput = z.strictObject({
  planId: Id,
  /** Hash of the plan that was reviewed; another one is refused. */
  planHash: z.string().max(64),
  /** Keep the result on trial this long: it is undone unless confirmed. 0 confirms when the probes pass. */
  holdSeconds: z.int().min(0).max(3600).default(0),
  /**
   * An apply of this plan that was cut short, to be taken up where it left off: on the targets that it did not change. Every check of a first
   * apply is made again; without this a plan is applied once.
   */
  resume: z.string().min(1).max(64).optional(),
  /** Why an admin overrides a freeze; it goes into the record. */
  override: Line(300).trim().min(1, 'say why').optional(),
});

const OnHost = z.object({ hostId: z.string(), hostName: z.string(), message: z.string() });

/** Who holds ports now. Both empty: the ports are free. */
const TakenPorts = z.object({
  at: Instant,
  taken: z.array(OnHost),
  /** Hosts that could not be asked; of their ports nothing is known. */
  notReached: z.array(OnHost),
});

const read = { kind: 'team', permission: 'applies.read' } as const;
const run = { kind: 'team', permission: 'applies.run' } as const;

export const applies = {
  list: operation({
    id: 'applies.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/applies',
    summary: 'List applies, newest first',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: PageQuery.extend({ siteId: z.string().max(64).optional() }),
    body: null,
    response: page(ApplySummary),
    status: 200,
  }),
  create: operation({
    id: 'applies.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/applies',
    summary: 'Apply a reviewed plan',
    gate: run,
    rateLimit: outgoing,
    audit: 'apply.started',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: ApplyInput,
    response: Apply,
    status: 202,
  }),
  get: operation({
    id: 'applies.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/applies/{id}',
    summary: 'Get an apply with its steps and probes',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: Apply,
    status: 200,
  }),
  events: operation({
    id: 'applies.events',
    method: 'GET',
    path: '/api/v1/teams/{team}/applies/{id}/events',
    summary: 'Follow an apply live (server-sent events)',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: 'event-stream',
    event: ApplyEvent,
    status: 200,
  }),
  takenPorts: operation({
    id: 'applies.takenPorts',
    method: 'GET',
    path: '/api/v1/teams/{team}/applies/{id}/ports',
    summary:
      'Ask the hosts that an apply left as they were who holds the ports its sites need; nothing is written',
    gate: { kind: 'team', permission: 'hosts.check' },
    rateLimit: outgoing,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: TakenPorts,
    status: 200,
  }),
  confirm: operation({
    id: 'applies.confirm',
    method: 'POST',
    path: '/api/v1/teams/{team}/applies/{id}/confirm',
    summary: 'Keep a held apply',
    gate: run,
    rateLimit: changing,
    audit: 'apply.confirmed',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: Apply,
    status: 200,
  }),
  rollback: operation({
    id: 'applies.rollback',
    method: 'POST',
    path: '/api/v1/teams/{team}/applies/{id}/rollback',
    summary: 'Undo a held apply now',
    gate: run,
    rateLimit: changing,
    audit: 'apply.rolled-back',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: Apply,
    status: 200,
  }),
  cancel: operation({
    id: 'applies.cancel',
    method: 'POST',
    path: '/api/v1/teams/{team}/applies/{id}/cancel',
    summary: 'Begin no further host of a running apply; what is under way ends by itself',
    gate: run,
    rateLimit: changing,
    audit: 'apply.cancel-asked',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: Apply,
    status: 200,
  }),
  undo: operation({
    id: 'applies.undo',
    method: 'POST',
    path: '/api/v1/teams/{team}/applies/{id}/undo',
    summary: 'Plan to bring back what ran before an apply, on every host where it succeeded',
    gate: { kind: 'team', permission: 'plans.create' },
    rateLimit: outgoing,
    audit: 'apply.undo-planned',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: Plan,
    status: 201,
  }),
};
