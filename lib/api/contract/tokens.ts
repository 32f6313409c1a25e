import { z } from 'zod';
import { Scope, Scopes } from '#core/access/scopes';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, Person, TeamParams } from './shared';

export const Token = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  /** `null`: whatever its owner may. */
  scopes: z.array(Scope).nullable(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  owner: Person,
});
export type Token = z.infer<typeof Token>;
export const TokenInput = z.strictObject({
  name: Line(100).min(1, 'enter a name'),
  /** At most what its owner may; `null`: all of that; absent: reading alone. */
  scopes: Scopes.nullable().optional(),
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
    summary: 'List your API tokens, or as an admin those of all members',
    gate,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: z.object({
      /** `team`: of every member; for those who manage members. */
      whose: z.enum(['own', 'team']).default('own'),
    }),
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
    summary: 'Revoke one of your API tokens, or as an admin a member’s',
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
