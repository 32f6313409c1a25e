import { z } from 'zod';
import { changing, guessing, operation, reading } from '../operation';
import { IdParams, Instant } from './shared';

/** `view`: read its sites' documents. `edit`: save revisions of them too. Never apply, never see hosts. */
export const ShareLevel = z.enum(['view', 'edit']);
export type ShareLevel = z.infer<typeof ShareLevel>;

export const ListShare = z.object({
  id: z.string(),
  /** The team it is shared with. */
  team: z.object({ slug: z.string(), name: z.string() }),
  level: ShareLevel,
  createdAt: Instant,
});
export type ListShare = z.infer<typeof ListShare>;

export const ListLink = z.object({
  id: z.string(),
  prefix: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export type ListLink = z.infer<typeof ListLink>;

const gate = { kind: 'team', permission: 'lists.share' } as const;
const ShareParams = IdParams.extend({ share: z.string().min(1).max(64) });
const LinkParams = IdParams.extend({ link: z.string().min(1).max(64) });

/** Who else sees a list. Part of the group `lists`. */
export const sharing = {
  listShares: operation({
    id: 'lists.listShares',
    method: 'GET',
    path: '/api/v1/teams/{team}/lists/{id}/shares',
    summary: 'List the teams that a list is shared with, and its links',
    gate,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: z.object({ teams: z.array(ListShare), links: z.array(ListLink) }),
    status: 200,
  }),
  share: operation({
    id: 'lists.share',
    method: 'PUT',
    path: '/api/v1/teams/{team}/lists/{id}/shares',
    summary: 'Share a list with another team, or change what that team may do',
    gate,
    // Answers whether there is a team of that name.
    rateLimit: guessing,
    audit: 'list.shared',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ team: z.string().min(1, 'enter a team').max(64), level: ShareLevel }),
    response: ListShare,
    status: 200,
  }),
  unshare: operation({
    id: 'lists.unshare',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/lists/{id}/shares/{share}',
    summary: 'Stop sharing a list with a team; it ends at once',
    gate,
    rateLimit: changing,
    audit: 'list.unshared',
    proof: 'none',
    params: ShareParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  createLink: operation({
    id: 'lists.createLink',
    method: 'POST',
    path: '/api/v1/teams/{team}/lists/{id}/links',
    summary: 'Make a read-only link to a list; its address is shown once',
    gate,
    rateLimit: changing,
    audit: 'list.link-created',
    proof: 'none',
    params: IdParams,
    query: null,
    body: z.strictObject({ days: z.int().min(1).max(365) }),
    response: ListLink.extend({ token: z.string() }),
    status: 201,
    answersSecret: true,
  }),
  revokeLink: operation({
    id: 'lists.revokeLink',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/lists/{id}/links/{link}',
    summary: 'Revoke a link; it ends at once',
    gate,
    rateLimit: changing,
    audit: 'list.link-revoked',
    proof: 'none',
    params: LinkParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};
