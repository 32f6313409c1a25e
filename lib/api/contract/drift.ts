import { z } from 'zod';
import { Change } from '#core/change/change';
import { Fingerprint } from '#core/change/file-state';
import { DriftState } from '#core/plan/drift-state';
import { Line } from '#core/site/text';
import { ServerKind } from '#core/web-server/render-target';
import { changing, operation, outgoing, reading } from '../operation';
import { Plan } from './plans';
import { IdParams, Instant, PageQuery, Person, page, TeamParams } from './shared';

/** `ignored`: not worth anybody's time. `accepted`: it should be like this. Both hold until the path changes again. */
export const DriftDecision = z.enum(['ignored', 'accepted']);
export type DriftDecision = z.infer<typeof DriftDecision>;

/** A path on a host that is not as our last apply left it. */
export const DriftFile = z.object({
  id: z.string(),
  hostId: z.string(),
  hostName: z.string(),
  targetId: z.string(),
  server: ServerKind,
  path: z.string(),
  /** `null` for a file with a name of ours that we did not write. */
  role: Change.shape.role.nullable(),
  /** `null` for what all sites of the target share, and for what we did not write. */
  site: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: DriftState,
  /** Names exactly what is there now; a decision repeats it, so that nobody decides about what they have not seen. */
  print: z.string(),
  firstSeenAt: Instant,
  /** Since when it is what it is now. */
  changedAt: Instant,
  lastSeenAt: Instant,
  decision: z
    .object({ kind: DriftDecision, reason: z.string(), by: Person.nullable(), at: Instant })
    .nullable(),
});
export type DriftFile = z.infer<typeof DriftFile>;

/** An edited line and the field of the site's form that it comes from; `path` is empty where a preset or a default decides. */
export const EditedField = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  why: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type EditedField = z.infer<typeof EditedField>;

export const DriftDetail = DriftFile.extend({
  /** Text that our last apply left; `null` for links and for what is not ours. */
  lastApplied: z.string().nullable(),
  /** Text on the host when it was looked at last; hostile text. `null` where there is none or it may not be read. */
  live: z.string().nullable(),
  /** Text that an apply would write; `null` where it would delete the file or leave it alone. */
  planned: z.string().nullable(),
  liveState: Fingerprint,
  leftState: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('file'), mode: z.int() }),
      z.object({ kind: z.literal('link'), target: z.string() }),
      z.object({ kind: z.literal('lines'), lines: z.array(z.string()) }),
    ])
    .nullable(),
  /** The edited lines, and what they come from. */
  fields: z.array(EditedField),
  /**
   * How the manual edit can be put into the site: `exact`: the given values in the form make exactly the text on the host. `none`: the form has no
   * words for all of it.
   */
  adoption: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('exact'),
      values: z.array(
        z.object({
          path: z.array(z.union([z.string(), z.number()])),
          before: z.json(),
          after: z.json(),
        }),
      ),
    }),
    z.object({ kind: z.literal('none') }),
  ]),
  /** Whether a plan can put back what was there. */
  revertible: z.boolean(),
  /** The site has revisions that are not applied here; a plan brings them along. */
  unapplied: z.object({ from: z.int().nullable(), to: z.int() }).nullable(),
  /** That revision makes the text that is on the host, but for the words by which its blocks are known: an apply of it keeps the edit. */
  adopted: z.boolean(),
});
export type DriftDetail = z.infer<typeof DriftDetail>;

/** The state of a host: when it was compared, what was found, since when it cannot be. */
export const DriftHost = z.object({
  id: z.string(),
  name: z.string(),
  checkedAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  unreachableSince: Instant.nullable(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  /** Somebody is looking right now. */
  checking: z.boolean(),
  /** Files of ours there. */
  files: z.int(),
  open: z.int(),
  decided: z.int(),
});
export type DriftHost = z.infer<typeof DriftHost>;

export const DriftSummary = z.object({
  open: z.int(),
  ignored: z.int(),
  accepted: z.int(),
  unreachable: z.int(),
  /** Minutes between two looks at a host; 0 when it is looked at only on request. */
  intervalMinutes: z.number(),
  hosts: z.array(DriftHost),
});
export type DriftSummary = z.infer<typeof DriftSummary>;

const read = { kind: 'team', permission: 'drift.read' } as const;
const decide = { kind: 'team', permission: 'drift.decide' } as const;
/** What the person saw, from the answer that showed it. */
const Print = z
  .string()
  .max(64)
  .regex(/^[0-9a-f]{64}$/, 'must be the print of a drift file');

export const drift = {
  list: operation({
    id: 'drift.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/drift',
    summary: 'List files that are not as they were left, by host',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: PageQuery.extend({
      show: z.enum(['open', 'ignored', 'accepted', 'all']).default('open'),
      search: z.string().max(200).optional(),
      hostId: z.string().max(64).optional(),
      siteId: z.string().max(64).optional(),
    }),
    body: null,
    response: page(DriftFile),
    status: 200,
  }),
  summary: operation({
    id: 'drift.summary',
    method: 'GET',
    path: '/api/v1/teams/{team}/drift/summary',
    summary: 'Counts of drift, and the state of every host',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: DriftSummary,
    status: 200,
  }),
  check: operation({
    id: 'drift.check',
    method: 'POST',
    path: '/api/v1/teams/{team}/drift/checks',
    summary: 'Compare hosts with what was left there, now; nothing is written',
    gate: { kind: 'team', permission: 'hosts.check' },
    rateLimit: outgoing,
    audit: 'drift.checked',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: z.strictObject({
      hostIds: z.union(
        [z.literal('all'), z.array(z.string().max(64)).min(1).max(500)],
        'must be "all" or a list of hosts',
      ),
    }),
    response: DriftSummary,
    status: 200,
  }),
  revert: operation({
    id: 'drift.revert',
    method: 'POST',
    path: '/api/v1/teams/{team}/drift/plans',
    summary: 'Plan to put files back as they should be; nothing is written before that plan is applied',
    gate: { kind: 'team', permission: 'plans.create' },
    rateLimit: outgoing,
    audit: 'drift.revert-planned',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: z.strictObject({ ids: z.array(z.string().max(64)).min(1).max(500) }),
    response: Plan,
    status: 201,
  }),
  get: operation({
    id: 'drift.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/drift/{id}',
    summary: 'Get one file three ways: last applied, on the host, and planned',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: DriftDetail,
    status: 200,
  }),
  ignore: operation({
    id: 'drift.ignore',
    method: 'POST',
    path: '/api/v1/teams/{team}/drift/{id}/ignore',
    summary: 'Ignore a file until it changes again',
    gate: decide,
    rateLimit: changing,
    audit: 'drift.ignored',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ print: Print, reason: Line(500).min(1, 'say why') }),
    response: DriftFile,
    status: 200,
  }),
  accept: operation({
    id: 'drift.accept',
    method: 'POST',
    path: '/api/v1/teams/{team}/drift/{id}/accept',
    summary: 'Accept a file as it is on the host, until it changes again',
    gate: decide,
    rateLimit: changing,
    audit: 'drift.accepted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ print: Print, reason: Line(500).default('') }),
    response: DriftFile,
    status: 200,
  }),
  adopt: operation({
    id: 'drift.adopt',
    method: 'POST',
    path: '/api/v1/teams/{team}/drift/{id}/adopt',
    summary: 'Save a revision of the site that makes exactly the text on the host',
    gate: { kind: 'team', permission: 'sites.write' },
    rateLimit: changing,
    audit: 'drift.adopted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ print: Print }),
    response: z.object({ siteId: z.string(), revision: z.int() }),
    status: 200,
  }),
  reopen: operation({
    id: 'drift.reopen',
    method: 'POST',
    path: '/api/v1/teams/{team}/drift/{id}/reopen',
    summary: 'Take back the decision to ignore or accept a file',
    gate: decide,
    rateLimit: changing,
    audit: 'drift.reopened',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: DriftFile,
    status: 200,
  }),
};
