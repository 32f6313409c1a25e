import { z } from 'zod';
import { PresetId, Site } from '#core/site/schema';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, TeamParams } from './shared';

export const Template = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  preset: PresetId,
  /** For `If-Match`: each change has another one. */
  version: z.string(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Template = z.infer<typeof Template>;

/** Its document is a valid one. Where a site has something of its own it says `fill-in`, below `fill-in.invalid` or below `/fill-in/`. */
export const TemplateDetail = Template.extend({ document: Site });

const Name = Line(100).trim().min(1, 'enter a name');
const Description = Line(500).trim();
const source = {
  /** The site whose settings it takes over, as its last revision says. */
  siteId: z.string().max(64).optional(),
  /** The settings themselves; names, addresses and the like are left out of them. */
  document: Site.optional(),
};

export const TemplateInput = z
  .strictObject({ name: Name, description: Description.default(''), ...source })
  .refine(
    ({ siteId, document }) => (siteId === undefined) !== (document === undefined),
    'name a site or send a document',
  )
  .meta({ examples: [{ name: 'Internal Jenkins', siteId: 'cmi7q0x3d0001' }] });
export const TemplatePatch = z
  .strictObject({ name: Name.optional(), description: Description.optional(), ...source })
  .refine(
    ({ siteId, document }) => siteId === undefined || document === undefined,
    'name a site or send a document, not both',
  )
  .refine((patch) => Object.keys(patch).length > 0, 'change something')
  .meta({ examples: [{ description: 'Open to the office only' }] });

const read = { kind: 'team', permission: 'templates.read' } as const;
const write = { kind: 'team', permission: 'templates.write' } as const;

/** Settings that new sites of a team begin with. A template and the sites made from it know nothing of each other. */
export const templates = {
  list: operation({
    id: 'templates.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/templates',
    summary: 'List the templates of sites, by name',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(Template) }),
    status: 200,
  }),
  create: operation({
    id: 'templates.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/templates',
    summary: 'Make a template of a site, or of a site document',
    gate: write,
    rateLimit: changing,
    audit: 'template.created',
    proof: 'none',
    params: TeamParams,
    query: null,
    body: TemplateInput,
    response: TemplateDetail,
    status: 201,
  }),
  get: operation({
    id: 'templates.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/templates/{id}',
    summary: 'Get a template with its document; the ETag is its version',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: TemplateDetail,
    status: 200,
  }),
  update: operation({
    id: 'templates.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/templates/{id}',
    summary: 'Rename or describe a template, or replace its settings; sites made from it stay as they are',
    gate: write,
    rateLimit: changing,
    audit: 'template.updated',
    proof: 'none',
    params: IdParams,
    query: null,
    body: TemplatePatch,
    response: TemplateDetail,
    status: 200,
    ifMatch: true,
  }),
  remove: operation({
    id: 'templates.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/templates/{id}',
    summary: 'Delete a template; sites made from it stay. The answer is what creates it again',
    gate: write,
    rateLimit: changing,
    audit: 'template.deleted',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: z.object({ name: z.string(), description: z.string(), document: Site }),
    status: 200,
  }),
};
