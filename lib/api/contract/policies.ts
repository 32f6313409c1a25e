import { z } from 'zod';
import { Line } from '#core/site/text';
import { changing, operation, reading } from '../operation';
import { IdParams, Instant, Person, TeamParams } from './shared';

const Approvals = z.int().min(0).max(10, 'must be 0 to 10');

/** Hosts under one policy, such as production. */
export const HostGroup = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  approvalsNeeded: z.int(),
  /** Only its operators, and admins, may apply to its hosts. */
  restricted: z.boolean(),
  operators: z.array(Person),
  hosts: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type HostGroup = z.infer<typeof HostGroup>;

export const FreezeWindow = z.object({
  id: z.string(),
  /** `null`: all hosts of the team. */
  group: z.object({ id: z.string(), name: z.string() }).nullable(),
  startsAt: Instant,
  endsAt: Instant,
  reason: z.string(),
  createdBy: z.string().nullable(),
});
export type FreezeWindow = z.infer<typeof FreezeWindow>;

export const Policies = z.object({
  approvalsNeeded: z.int(),
  groups: z.array(HostGroup),
  /** Those that have not ended, the next one first. */
  freezes: z.array(FreezeWindow),
});
export type Policies = z.infer<typeof Policies>;

export const PoliciesInput = z.strictObject({ approvalsNeeded: Approvals });

export const HostGroupInput = z.strictObject({
  name: Line(63).trim().min(1, 'enter a name'),
  description: Line(200).default(''),
  approvalsNeeded: Approvals.default(0),
  restricted: z.boolean().default(false),
  operatorIds: z.array(z.string().max(64)).max(200).default([]),
  hostIds: z.array(z.string().max(64)).max(500).default([]),
});

export const FreezeInput = z
  .strictObject({
    groupId: z.string().max(64).nullable().default(null),
    startsAt: Instant,
    endsAt: Instant,
    reason: Line(300).trim().min(1, 'say why'),
  })
  .refine(({ startsAt, endsAt }) => Date.parse(startsAt) < Date.parse(endsAt), {
    path: ['endsAt'],
    message: 'must be after its beginning',
  })
  .refine(({ startsAt, endsAt }) => Date.parse(endsAt) - Date.parse(startsAt) <= 366 * 86_400_000, {
    path: ['endsAt'],
    message: 'must be within a year of its beginning',
  });

const write = { kind: 'team', permission: 'policies.write' } as const;

export const policies = {
  get: operation({
    id: 'policies.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/policies',
    summary: 'What an apply needs in this team',
    gate: { kind: 'team', permission: 'policies.read' },
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: Policies,
    status: 200,
  }),
  update: operation({
    id: 'policies.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/policies',
    summary: 'Change how many approvals every apply needs',
    gate: write,
    rateLimit: changing,
    audit: 'policy.updated',
    proof: 'recent',
    params: TeamParams,
    query: null,
    body: PoliciesInput,
    response: Policies,
    status: 200,
  }),
};

export const groups = {
  create: operation({
    id: 'groups.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/host-groups',
    summary: 'Create a host group',
    gate: write,
    rateLimit: changing,
    audit: 'policy.group-created',
    proof: 'recent',
    params: TeamParams,
    query: null,
    body: HostGroupInput,
    response: HostGroup,
    status: 201,
  }),
  update: operation({
    id: 'groups.update',
    method: 'PUT',
    path: '/api/v1/teams/{team}/host-groups/{id}',
    summary: 'Change a host group, its hosts and its operators',
    gate: write,
    rateLimit: changing,
    audit: 'policy.group-updated',
    proof: 'recent',
    params: IdParams,
    query: null,
    body: HostGroupInput,
    response: HostGroup,
    status: 200,
  }),
  remove: operation({
    id: 'groups.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/host-groups/{id}',
    summary: 'Delete a host group with its freezes; its hosts stay',
    gate: write,
    rateLimit: changing,
    audit: 'policy.group-deleted',
    proof: 'recent',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};

export const freezes = {
  create: operation({
    id: 'freezes.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/freezes',
    summary: 'Freeze hosts for a time',
    gate: write,
    rateLimit: changing,
    audit: 'policy.freeze-created',
    proof: 'recent',
    params: TeamParams,
    query: null,
    body: FreezeInput,
    response: FreezeWindow,
    status: 201,
  }),
  remove: operation({
    id: 'freezes.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/freezes/{id}',
    summary: 'End a freeze, or call it off',
    gate: write,
    rateLimit: changing,
    audit: 'policy.freeze-deleted',
    proof: 'recent',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};
