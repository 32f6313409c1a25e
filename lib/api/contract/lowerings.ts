import { z } from 'zod';
import { changing, operation, reading } from '../operation';
import { HostPatch } from './hosts';
import { RoleInput } from './members';
import { HostGroupInput, PoliciesInput } from './policies';
import { Id, IdParams, Instant, Person, TeamParams } from './shared';
import { TeamChange } from './team';

/** What may be asked for: a call of another operation that lowers a control, as it would be made there. */
export const LoweringInput = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('policies.update'), body: PoliciesInput }),
  z.strictObject({ operation: z.literal('groups.create'), body: HostGroupInput }),
  z.strictObject({ operation: z.literal('groups.update'), id: Id, body: HostGroupInput }),
  z.strictObject({ operation: z.literal('groups.remove'), id: Id }),
  z.strictObject({ operation: z.literal('freezes.remove'), id: Id }),
  z.strictObject({ operation: z.literal('hosts.update'), id: Id, body: HostPatch }),
  z.strictObject({ operation: z.literal('team.update'), body: TeamChange }),
  z.strictObject({ operation: z.literal('members.update'), id: Id, body: RoleInput }),
  z.strictObject({ operation: z.literal('members.remove'), id: Id }),
]);
export type LoweringInput = z.infer<typeof LoweringInput>;

/** A lowering of controls that waits. Until it takes effect everything holds as before. */
export const Lowering = z.object({
  id: z.string(),
  operation: z.string(),
  /** In words, what holds less afterwards. */
  lowers: z.array(z.string()),
  askedBy: Person.nullable(),
  askedAt: Instant,
  /** When it takes effect by itself; `null`: it waits for another admin. */
  dueAt: Instant.nullable(),
});
export type Lowering = z.infer<typeof Lowering>;

const gate = { kind: 'team', permission: 'policies.write', sessionOnly: true } as const;

/** Controls are raised at once, and lowered by two: what lowers one waits for another admin, or where there is none, for a time in which all see it. */
export const lowerings = {
  list: operation({
    id: 'lowerings.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/lowerings',
    summary: 'List lowerings of controls that wait, the oldest first',
    gate: { kind: 'team', permission: 'policies.read' },
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(Lowering) }),
    status: 200,
  }),
  ask: operation({
    id: 'lowerings.ask',
    method: 'POST',
    path: '/api/v1/teams/{team}/lowerings',
    summary: 'Ask for a change that lowers a control; all admins are told',
    gate,
    rateLimit: changing,
    audit: 'lowering.asked',
    proof: 'recent',
    params: TeamParams,
    query: null,
    body: LoweringInput,
    response: Lowering,
    status: 202,
  }),
  confirm: operation({
    id: 'lowerings.confirm',
    method: 'POST',
    path: '/api/v1/teams/{team}/lowerings/{id}/confirm',
    summary: 'Let a lowering that another admin asked for take effect now',
    gate,
    rateLimit: changing,
    audit: 'lowering.confirmed',
    proof: 'recent',
    changesAccess: true,
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  cancel: operation({
    id: 'lowerings.cancel',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/lowerings/{id}',
    summary: 'Call off a lowering before it takes effect; the controls stay',
    gate,
    rateLimit: changing,
    audit: 'lowering.cancelled',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};
