import { z } from 'zod';
import { ProbeOutcome } from '#core/probe/probe-outcome';
import { ServerKind } from '#core/servers/types';
import { PresetId, Site } from '#core/site/schema';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { Id, IdParams, Instant, PageQuery, Person, page, TeamParams } from './shared';

/** `in-sync`: the head runs there. `out-of-sync`: another revision, or none yet. `drifted`: changed by hand. `unknown`: not looked at. */
export const SyncStatus = z.enum(['in-sync', 'out-of-sync', 'drifted', 'unknown']);
export type SyncStatus = z.infer<typeof SyncStatus>;
export const HealthStatus = z.enum(['healthy', 'degraded', 'unreachable', 'unknown']);
export type HealthStatus = z.infer<typeof HealthStatus>;

export const SiteTarget = z.object({
  targetId: z.string(),
  hostId: z.string(),
  hostName: z.string(),
  server: ServerKind,
  appliedRevision: z.int().nullable(),
  appliedAt: Instant.nullable(),
  sync: SyncStatus,
  /** Taken off this target; its files go with the next apply. */
  removing: z.boolean(),
});

export const SiteSummary = z.object({
  id: z.string(),
  name: z.string(),
  preset: PresetId,
  hostnames: z.array(z.string()),
  publicUrl: z.string(),
  head: z.int(),
  sync: SyncStatus,
  health: HealthStatus,
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
  /** Targets the site shall run on; all of the team's own. */
  targetIds: z.array(Id).max(500),
  message: Line(500).default(''),
});

export const SitesQuery = PageQuery.extend({
  search: z.string().max(200).optional(),
  sync: SyncStatus.optional(),
  hostId: z.string().max(64).optional(),
  listId: z.string().max(64).optional(),
  preset: PresetId.optional(),
  sort: z.enum(['name', '-name', 'updatedAt', '-updatedAt']).default('name'),
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
    summary: 'Delete a site that runs nowhere any more',
    gate: write,
    rateLimit: changing,
    audit: 'site.deleted',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
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
    response: z.object({
      items: z.array(
        ProbeOutcome.extend({
          at: Instant,
          targetId: z.string(),
          phase: z.enum(['before', 'after', 'scheduled']),
        }),
      ),
    }),
    status: 200,
  }),
};
