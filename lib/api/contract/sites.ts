import { z } from 'zod';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import { PresetId, Site } from '#core/site/schema';
import { Line } from '#core/site/text';
import { ServerKind } from '#core/web-server/render-target';
import { changing, operation, outgoing, reading } from '../operation';
import { Id, IdParams, Instant, PageQuery, Person, page, TeamParams } from './shared';

/**
 * `new`: never applied. `in-sync`: the head runs there. `out-of-sync`: another revision runs there, or it is to be taken off. `drifted`: changed by hand.
 * `unknown`: no host is chosen.
 */
export const SyncStatus = z.enum(['new', 'in-sync', 'out-of-sync', 'drifted', 'unknown']);
export type SyncStatus = z.infer<typeof SyncStatus>;
export const HealthStatus = z.enum(['healthy', 'degraded', 'unreachable', 'unknown']);
export type HealthStatus = z.infer<typeof HealthStatus>;

/** When something was observed, and by what: an apply, or a check of its own. */
export const Seen = z.object({ at: Instant, applyId: z.string().nullable() });
export type Seen = z.infer<typeof Seen>;

export const SiteTarget = z.object({
  targetId: z.string(),
  hostId: z.string(),
  hostName: z.string(),
  server: ServerKind,
  appliedRevision: z.int().nullable(),
  appliedAt: Instant.nullable(),
  sync: SyncStatus,
  /** When the files there were compared last, or written by us; `null`: never. What `sync` says is of then. */
  comparedAt: Instant.nullable(),
  /** Taken off this target; its files go with the next apply. */
  removing: z.boolean(),
  /** The head was undone here: plans keep what runs until another revision is saved, or somebody lifts this. */
  held: z
    .object({ head: z.int(), by: Person.nullable(), at: Instant, applyId: z.string().nullable() })
    .nullable(),
});

export const SiteSummary = z.object({
  id: z.string(),
  name: z.string(),
  preset: PresetId,
  hostnames: z.array(z.string()),
  publicUrl: z.string(),
  head: z.int(),
  sync: SyncStatus,
  /** The oldest comparison that `sync` rests on; `null` where none was made. */
  syncSeenAt: Instant.nullable(),
  health: HealthStatus,
  /** The oldest look that `health` rests on; `null` where nobody has looked. */
  healthSeen: Seen.nullable(),
  certificateExpiresAt: Instant.nullable(),
  targets: z.array(SiteTarget),
  lists: z.array(z.object({ id: z.string(), name: z.string() })),
  lastApply: z.object({ id: z.string(), status: z.string(), at: Instant, by: Person.nullable() }).nullable(),
  updatedAt: Instant,
});
export type SiteSummary = z.infer<typeof SiteSummary>;

export const SiteDetail = SiteSummary.extend({ document: Site });
export type SiteDetail = z.infer<typeof SiteDetail>;

export const Revision = z.object({
  number: z.int(),
  message: z.string(),
  author: Person.nullable(),
  createdAt: Instant,
  appliedTo: z.array(z.string()),
});
export type Revision = z.infer<typeof Revision>;

export const SiteInput = z.strictObject({
  document: Site,
  /** Targets the site should run on; all of the team's own. */
  targetIds: z.array(Id).max(500),
  message: Line(500).default(''),
});

export const SitesQuery = PageQuery.extend({
  search: z.string().max(200).optional(),
  /** `behind`: everything that a plan could bring in sync: new, out of sync or drifted. */
  sync: z.enum([...SyncStatus.options, 'behind']).optional(),
  hostId: z.string().max(64).optional(),
  listId: z.string().max(64).optional(),
  preset: PresetId.optional(),
  sort: z.enum(['name', '-name', 'updatedAt', '-updatedAt']).default('name'),
});

/** What a check saw, and when. */
export const SeenProbe = ProbeOutcome.extend({
  at: Instant,
  targetId: z.string(),
  /** The apply that made it; `null` for a check of its own. */
  applyId: z.string().nullable(),
  phase: z.enum(['before', 'after', 'scheduled']),
});

const read = { kind: 'team', permission: 'sites.read' } as const;
const write = { kind: 'team', permission: 'sites.write' } as const;
const RevisionParams = IdParams.extend({ number: z.coerce.number().int().min(1) });

export const sites = {
  list: operation({
    id: 'sites.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites',
    summary: 'List sites',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: SitesQuery,
    body: null,
    response: page(SiteSummary),
    status: 200,
  }),
  create: operation({
    id: 'sites.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/sites',
    summary: 'Create a site',
    gate: write,
    rateLimit: changing,
    audit: 'site.created',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: SiteInput,
    response: SiteDetail,
    status: 201,
  }),
  get: operation({
    id: 'sites.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites/{id}',
    summary: 'Get a site; the ETag is its head revision',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: SiteDetail,
    status: 200,
  }),
  update: operation({
    id: 'sites.update',
    method: 'PUT',
    path: '/api/v1/teams/{team}/sites/{id}',
    summary: 'Save a new revision of a site',
    gate: write,
    rateLimit: changing,
    audit: 'site.updated',
    proof: 'none',
    params: IdParams,
    query: null,
    body: SiteInput,
    response: SiteDetail,
    status: 200,
    ifMatch: true,
  }),
  remove: operation({
    id: 'sites.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/sites/{id}',
    summary: 'Delete a site that no longer runs anywhere',
    gate: write,
    rateLimit: changing,
    audit: 'site.deleted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  liftHold: operation({
    id: 'sites.liftHold',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/sites/{id}/hold',
    summary: 'Let the head be planned again where it was undone',
    gate: write,
    rateLimit: changing,
    audit: 'site.hold-lifted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: SiteDetail,
    status: 200,
  }),
  listRevisions: operation({
    id: 'sites.listRevisions',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites/{id}/revisions',
    summary: 'List the revisions of a site, newest first',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: PageQuery,
    body: null,
    response: page(Revision),
    status: 200,
  }),
  getRevision: operation({
    id: 'sites.getRevision',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites/{id}/revisions/{number}',
    summary: 'Get one revision with its document',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: RevisionParams,
    query: null,
    body: null,
    response: Revision.extend({ document: Site }),
    status: 200,
  }),
  listProbes: operation({
    id: 'sites.listProbes',
    method: 'GET',
    path: '/api/v1/teams/{team}/sites/{id}/probes',
    summary: 'Latest probe outcomes of a site',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(SeenProbe) }),
    status: 200,
  }),
  check: operation({
    id: 'sites.check',
    method: 'POST',
    path: '/api/v1/teams/{team}/sites/{id}/probes',
    summary: 'Check a site through its proxy now, on every host where it runs; nothing is written there',
    gate: { kind: 'team', permission: 'hosts.check' },
    rateLimit: outgoing,
    audit: 'site.checked',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: z.object({
      items: z.array(SeenProbe),
      /** Hosts that could not be asked; what was known of the site there stays as it was. */
      notReached: z.array(z.object({ hostId: z.string(), hostName: z.string(), message: z.string() })),
    }),
    status: 200,
  }),
};
