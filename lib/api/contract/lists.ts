import { z } from 'zod';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, TeamParams } from './shared';

export const List = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  /** How many sites are on it. */
  sites: z.int(),
  createdAt: Instant,
});
export type List = z.infer<typeof List>;

const Name = Line(100).trim().min(1, 'enter a name');
const Description = Line(500).trim();
/** As many as a team is made for. */
const SiteIds = z.array(z.string().max(64)).max(10_000);

export const ListInput = z.strictObject({
  name: Name,
  description: Description.default(''),
  siteIds: SiteIds.default([]),
});
export const ListPatch = z
  .strictObject({ name: Name.optional(), description: Description.optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'change the name or the description');
export const ListSitesInput = z.strictObject({ add: SiteIds, remove: SiteIds });

const read = { kind: 'team', permission: 'lists.read' } as const;
const write = { kind: 'team', permission: 'lists.write' } as const;

/** Named collections of a team's sites. A site may be on several. */
export const lists = {
  list: operation({
    id: 'lists.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/lists',
    summary: 'List the site lists, by name',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(List) }),
    status: 200,
  }),
  create: operation({
    id: 'lists.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/lists',
    summary: 'Create a list, with sites on it if wanted',
    gate: write,
    rateLimit: changing,
    audit: 'list.created',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: ListInput,
    response: List,
    status: 201,
  }),
  get: operation({
    id: 'lists.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/lists/{id}',
    summary: 'Get a list; its sites are in the list of sites, by listId',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: List,
    status: 200,
  }),
  update: operation({
    id: 'lists.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/lists/{id}',
    summary: 'Rename or describe a list',
    gate: write,
    rateLimit: changing,
    audit: 'list.updated',
    proof: 'none',
    params: IdParams,
    query: null,
    body: ListPatch,
    response: List,
    status: 200,
  }),
  remove: operation({
    id: 'lists.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/lists/{id}',
    summary: 'Delete a list; its sites stay. The answer is what creates it again',
    gate: write,
    rateLimit: changing,
    audit: 'list.deleted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: z.object({ name: z.string(), description: z.string(), siteIds: z.array(z.string()) }),
    status: 200,
  }),
  changeSites: operation({
    id: 'lists.changeSites',
    method: 'POST',
    path: '/api/v1/teams/{team}/lists/{id}/sites',
    summary: 'Put sites on a list and take others off',
    gate: write,
    rateLimit: changing,
    audit: 'list.changed',
    proof: 'none',
    params: IdParams,
    query: null,
    body: ListSitesInput,
    response: List,
    status: 200,
  }),
};
