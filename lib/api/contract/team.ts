import { z } from 'zod';
import { Role } from '#core/access/roles';
import { operation, reading } from '../operation';
import { Instant, Person, TeamParams } from './shared';

export const TeamDetail = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  members: z.array(z.object({ person: Person, role: Role, since: Instant })),
  /** What is still to be done on a fresh install. */
  progress: z.object({ hosts: z.int(), sites: z.int(), applies: z.int() }),
});
export type TeamDetail = z.infer<typeof TeamDetail>;

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
};
