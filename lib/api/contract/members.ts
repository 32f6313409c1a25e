import { z } from 'zod';
import { Role } from '#core/access/roles';
import { changing, operation } from '../operation';
import { IdParams, TeamParams } from './shared';
import { Member } from './team';

export const RoleInput = z.strictObject({ role: Role });

const gate = { kind: 'team', permission: 'members.manage', sessionOnly: true } as const;

/** The people of a team; `{id}` is the person's. What they did stays on the record after they have gone. */
export const members = {
  update: operation({
    id: 'members.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/members/{id}',
    summary: 'Change a member’s role; it counts from the next request on',
    gate,
    rateLimit: changing,
    audit: 'member.role-changed',
    proof: 'recent',
    changesAccess: true,
    params: IdParams,
    query: null,
    body: RoleInput,
    response: Member,
    status: 200,
  }),
  remove: operation({
    id: 'members.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/members/{id}',
    summary: 'Remove a member, with their API tokens in this team',
    gate,
    rateLimit: changing,
    audit: 'member.removed',
    proof: 'recent',
    changesAccess: true,
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  leave: operation({
    id: 'members.leave',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/membership',
    summary: 'Leave the team',
    gate: { kind: 'team', permission: 'team.read', sessionOnly: true },
    rateLimit: changing,
    audit: 'member.left',
    proof: 'none',
    changesAccess: true,
    params: TeamParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};
