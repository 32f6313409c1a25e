import { z } from 'zod';
import { Role } from '#core/access/roles';
import { Line } from '#core/site/text';
import { changing, guessing, operation, reading } from '../operation';
import { Email, Password, Session } from './session';
import { IdParams, Instant, TeamParams } from './shared';

export const Invitation = z.object({
  id: z.string(),
  email: z.string(),
  role: Role,
  /** E-mail address of who invited. */
  invitedBy: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;
export const InvitationInput = z.strictObject({ email: Email, role: Role });

/** What the bearer of a link is told. */
export const OfferedTeam = z.object({
  team: z.string(),
  role: Role,
  email: z.string(),
  expiresAt: Instant,
  /** Somebody with this e-mail address can sign in already. */
  known: z.boolean(),
});

const Secret = z.string().min(1).max(128);
export const JoinInput = z.strictObject({
  secret: Secret,
  name: Line(100).min(1, 'enter a name'),
  password: Password,
});

const Handle = z.object({ id: z.string().min(1).max(64) });
const gate = { kind: 'team', permission: 'members.manage', sessionOnly: true } as const;

/**
 * One-time links that make their bearer a member. A link holds the invitation's id, with which it can be looked at, and a secret, with
 * which it is taken; addresses of requests hold only the id, since proxies write those into their logs.
 */
export const invitations = {
  list: operation({
    id: 'invitations.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/invitations',
    summary: 'List the open invitations',
    gate,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(Invitation) }),
    status: 200,
  }),
  create: operation({
    id: 'invitations.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/invitations',
    summary:
      'Invite somebody; the link’s secret is shown once and replaces an earlier one for the same address',
    gate,
    rateLimit: changing,
    audit: 'invitation.created',
    proof: 'recent',
    params: TeamParams,
    query: null,
    body: InvitationInput,
    response: Invitation.extend({ secret: z.string() }),
    status: 201,
    answersSecret: true,
  }),
  revoke: operation({
    id: 'invitations.revoke',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/invitations/{id}',
    summary: 'Revoke an invitation',
    gate,
    rateLimit: changing,
    audit: 'invitation.revoked',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  look: operation({
    id: 'invitations.look',
    method: 'GET',
    path: '/api/v1/invitations/{id}',
    summary: 'What an invitation offers',
    gate: { kind: 'public' },
    rateLimit: { points: 30, perSeconds: 60 },
    audit: null,
    params: Handle,
    query: null,
    body: null,
    response: OfferedTeam,
    status: 200,
  }),
  join: operation({
    id: 'invitations.join',
    method: 'POST',
    path: '/api/v1/invitations/{id}/join',
    summary: 'Accept an invitation as a new person, and sign in',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'member.joined',
    proof: 'none',
    changesAccess: true,
    params: Handle,
    query: null,
    body: JoinInput,
    response: Session,
    status: 201,
  }),
  accept: operation({
    id: 'invitations.accept',
    method: 'POST',
    path: '/api/v1/invitations/{id}/accept',
    summary: 'Accept an invitation as the person who is signed in',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: guessing,
    audit: 'member.joined',
    proof: 'none',
    changesAccess: true,
    params: Handle,
    query: null,
    body: z.strictObject({ secret: Secret }),
    response: Session,
    status: 200,
  }),
};
