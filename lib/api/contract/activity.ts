import { z } from 'zod';
import { ChangedField } from '#core/activity/changed-fields';
import { operation, outgoing, reading } from '../operation';
import { Instant, PageQuery, page, TeamParams } from './shared';

export const ActivityRow = z.object({
  id: z.string(),
  /** Place in the chain over all teams; `null` for what was recorded before there was one. */
  sequence: z.int().nullable(),
  hash: z.string(),
  at: Instant,
  /** `null` for what the dashboard did by itself. */
  actorId: z.string().nullable(),
  actor: z.string(),
  address: z.string(),
  event: z.string(),
  subject: z.string(),
  subjectId: z.string().nullable(),
  requestId: z.string(),
  /** Fields that changed, with secrets masked; not all of them where there were very many. */
  fields: z.array(ChangedField),
  /** Further facts, such as the hash of an applied plan. */
  facts: z.record(z.string(), z.json()),
});
export type ActivityRow = z.infer<typeof ActivityRow>;

export const ActivityFilter = z.object({
  /** Id of a person, or `dashboard` for what it did by itself. */
  actor: z.string().max(64).optional(),
  /** `site.updated`, or `site` for all of a kind. */
  event: z
    .string()
    .max(64)
    .regex(/^[a-z]+(?:\.[a-z-]+)?$/, 'must be an event such as site.updated')
    .optional(),
  subjectId: z.string().max(64).optional(),
  /** Found in the subject, the actor or the address. Of what is found, up to ten thousand rows are counted. */
  text: z.string().max(200).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});
export type ActivityFilter = z.infer<typeof ActivityFilter>;

export const ActivityReport = z.object({
  /** Rows of all teams that were found whole. */
  rows: z.int(),
  before: z.int(),
  head: z.object({ sequence: z.int(), hash: z.string() }).nullable(),
  broken: z
    .object({
      sequence: z.int(),
      reason: z.string(),
      /** What the row says now; only for a row of this team. */
      row: z.object({ at: Instant, actor: z.string(), event: z.string(), subject: z.string() }).nullable(),
    })
    .nullable(),
  /** What is wrong with the database’s triggers that keep it append-only. */
  triggers: z.array(z.string()),
});
export type ActivityReport = z.infer<typeof ActivityReport>;

const read = { kind: 'team', permission: 'activity.read' } as const;

/** Who did what: append-only, each row bound to the one before it. */
export const activity = {
  list: operation({
    id: 'activity.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/activity',
    summary: 'List what happened, newest first',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: PageQuery.extend(ActivityFilter.shape),
    body: null,
    response: page(ActivityRow),
    status: 200,
  }),
  export: operation({
    id: 'activity.export',
    method: 'GET',
    path: '/api/v1/teams/{team}/activity/export',
    summary: 'Everything that a filter finds, oldest first, as JSON lines',
    gate: read,
    rateLimit: outgoing,
    audit: null,
    params: TeamParams,
    query: ActivityFilter,
    body: null,
    response: 'json-lines',
    event: ActivityRow,
    status: 200,
  }),
  verify: operation({
    id: 'activity.verify',
    method: 'GET',
    path: '/api/v1/teams/{team}/activity/verify',
    summary: 'Check that no row of the record was changed, removed, moved or slipped in',
    gate: { kind: 'team', permission: 'activity.verify' },
    rateLimit: { points: 6, perSeconds: 60 },
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: ActivityReport,
    status: 200,
  }),
};
