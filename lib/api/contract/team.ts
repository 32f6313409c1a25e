import { z } from 'zod';
import { Role } from '#core/access/roles';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { Instant, Person, TeamParams } from './shared';

export const Member = z.object({ person: Person, role: Role, since: Instant });

export const TeamDetail = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  members: z.array(Member),
  secondFactorNeeded: z.boolean(),
  /** Members who have not set one up. */
  withoutSecondFactor: z.int(),
  /** What is still to be done on a fresh install. */
  progress: z.object({ hosts: z.int(), sites: z.int(), applies: z.int() }),
});
export type TeamDetail = z.infer<typeof TeamDetail>;

export const TeamName = z.object({ id: z.string(), slug: z.string(), name: z.string() });
const Name = Line(100).min(1, 'enter a name for the team');
export const TeamInput = z.strictObject({ name: Name });
export const TeamChange = z
  .strictObject({
    name: Name.optional(),
    /** Members without a second factor reach nothing of the team. Needs one of the person who asks for it. */
    secondFactorNeeded: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'name what to change');

export const team = {
  get: operation({
    id: 'team.get',
    method: 'GET',
    path: '/api/v1/teams/{team}',
    summary: 'Get a team with its members',
    gate: { kind: 'team', permission: 'team.read' },
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: TeamDetail,
    status: 200,
  }),
  create: operation({
    id: 'team.create',
    method: 'POST',
    path: '/api/v1/teams',
    summary: 'Make a team; its creator is its admin',
    gate: { kind: 'administrator', sessionOnly: true },
    rateLimit: changing,
    audit: 'team.created',
    proof: 'recent',
    params: null,
    query: null,
    body: TeamInput,
    response: TeamName,
    status: 201,
  }),
  update: operation({
    id: 'team.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}',
    summary: 'Rename a team, or ask its members for a second factor',
    gate: { kind: 'team', permission: 'team.manage', sessionOnly: true },
    rateLimit: changing,
    audit: 'team.updated',
    proof: 'recent',
    changesAccess: true,
    params: TeamParams,
    query: null,
    body: TeamChange,
    response: TeamName,
    status: 200,
  }),
};
