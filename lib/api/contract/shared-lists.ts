import { z } from 'zod';
import { PresetId, Site } from '#core/site/schema';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, PageQuery, page, TeamParams } from './shared';
import { ShareLevel } from './sharing';

/** A list of another team, as far as it is shared with this one. */
export const SharedList = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** Name of the team that owns it. */
  owner: z.string(),
  level: ShareLevel,
  sites: z.int(),
});
export type SharedList = z.infer<typeof SharedList>;

/** A site of another team: no hosts, no targets, no state. */
export const SharedSite = z.object({
  id: z.string(),
  name: z.string(),
  preset: PresetId,
  hostnames: z.array(z.string()),
  publicUrl: z.string(),
  head: z.int(),
  updatedAt: Instant,
});
export type SharedSite = z.infer<typeof SharedSite>;

const SharedSiteDetail = SharedSite.extend({ document: Site });
const read = { kind: 'team', permission: 'lists.read' } as const;
const SiteParams = IdParams.extend({ site: z.string().min(1).max(64) });

/** What a link shows to anybody who has it. */
export const LinkedList = z.object({
  name: z.string(),
  description: z.string(),
  expiresAt: Instant,
  sites: z.array(
    z.object({
      name: z.string(),
      ciServer: z.string(),
      hostnames: z.array(z.string()),
      publicUrl: z.string(),
    }),
  ),
});
export type LinkedList = z.infer<typeof LinkedList>;

/** Lists that other teams, or everybody with a link, may see. */
export const shared = {
  list: operation({
    id: 'shared.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/shared-lists',
    summary: 'List what other teams share with this one',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(SharedList) }),
    status: 200,
  }),
  get: operation({
    id: 'shared.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/shared-lists/{id}',
    summary: 'Get a list that is shared with this team, and its sites page by page',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: PageQuery,
    body: null,
    response: page(SharedSite).extend({ list: SharedList }),
    status: 200,
  }),
  getSite: operation({
    id: 'shared.getSite',
    method: 'GET',
    path: '/api/v1/teams/{team}/shared-lists/{id}/sites/{site}',
    summary: 'Get a site of a shared list with its document',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: SiteParams,
    query: null,
    body: null,
    response: SharedSiteDetail,
    status: 200,
  }),
  updateSite: operation({
    id: 'shared.updateSite',
    method: 'PUT',
    path: '/api/v1/teams/{team}/shared-lists/{id}/sites/{site}',
    summary: 'Save a new revision of a site of a list that may be edited; where it runs stays as it is',
    gate: { kind: 'team', permission: 'sites.write' },
    rateLimit: changing,
    audit: 'site.updated',
    proof: 'none',
    params: SiteParams,
    query: null,
    body: z.strictObject({ document: Site, message: Line(500).default('') }),
    response: SharedSiteDetail,
    status: 200,
    ifMatch: true,
  }),
  open: operation({
    id: 'shared.open',
    method: 'GET',
    path: '/api/v1/shared/{token}',
    summary: 'Open a read-only link to a list',
    gate: { kind: 'public' },
    rateLimit: { points: 60, perSeconds: 60 },
    audit: null,
    params: z.object({ token: z.string().min(1).max(100) }),
    query: null,
    body: null,
    response: LinkedList,
    status: 200,
  }),
};
