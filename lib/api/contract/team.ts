import { z } from 'zod';
import { Role } from '#core/access/roles';
import { operation, reading } from '../operation';
import { Instant, PageQuery, Person, page, TeamParams } from './shared';

export const TeamDetail = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  members: z.array(z.object({ person: Person, role: Role, since: Instant })),
  /** What is still to be done on a fresh install. */
  progress: z.object({ hosts: z.int(), sites: z.int(), applies: z.int() }),
});
export type TeamDetail = z.infer<typeof TeamDetail>;

export const ActivityRow = z.object({
  id: z.string(),
  at: Instant,
  actor: z.string(),
  address: z.string(),
  event: z.string(),
  subject: z.string(),
  subjectId: z.string().nullable(),
  requestId: z.string(),
});
export type ActivityRow = z.infer<typeof ActivityRow>;

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
  listActivity: operation({
    id: 'team.listActivity',
    method: 'GET',
    path: '/api/v1/teams/{team}/activity',
    summary: 'List what happened, newest first',
    gate: { kind: 'team', permission: 'activity.read' },
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: PageQuery,
    body: null,
    response: page(ActivityRow),
    status: 200,
  }),
};
