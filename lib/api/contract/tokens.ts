import { z } from 'zod';
import { Scope, Scopes } from '#core/access/scopes';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, TeamParams } from './shared';

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  /** `null`: whatever its owner may. */
  scopes: z.array(Scope).nullable(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
});
export type Token = z.infer<typeof Token>;
export const TokenInput = z.strictObject({
  name: Line(100).min(1, 'enter a name'),
  /** At most what its owner may; `null` or absent: all of that. */
  scopes: Scopes.nullable().default(null),
  /** At most a year away; absent: in 90 days; `null`: never. */
  expiresAt: Instant.nullable().optional(),
});

const gate = { kind: 'team', permission: 'tokens.manage', sessionOnly: true } as const;

/** A person's own API tokens in one team. A token acts with its owner's role and within its scopes, never with more. */
export const tokens = {
  list: operation({
    id: 'tokens.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/tokens',
    summary: 'List your API tokens',
    gate,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(Token) }),
    status: 200,
  }),
  create: operation({
    id: 'tokens.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/tokens',
    summary: 'Create an API token; it is shown once',
    gate,
    rateLimit: changing,
    audit: 'token.created',
    proof: 'recent',
    params: TeamParams,
    query: null,
    body: TokenInput,
    response: Token.extend({ token: z.string() }),
    status: 201,
    answersSecret: true,
  }),
  revoke: operation({
    id: 'tokens.revoke',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/tokens/{id}',
    summary: 'Revoke an API token',
    gate,
    rateLimit: changing,
    audit: 'token.revoked',
    proof: 'none',
    changesAccess: true,
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};
