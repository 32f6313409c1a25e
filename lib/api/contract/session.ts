import { z } from 'zod';
import { Role } from '#core/access/roles';
import { Line, Slug } from '#core/site/text';
import { changing, guessing, operation, reading } from '../operation';
import { Instant, Person } from './shared';

const Email = z.email('must be an e-mail address').max(254);
const Password = z.string().min(12, 'use at least 12 characters').max(256);

export const Session = z.object({
  user: Person,
  teams: z.array(z.object({ id: z.string(), slug: z.string(), name: z.string(), role: Role })),
});
export type Session = z.infer<typeof Session>;

export const SignIn = z.strictObject({
  email: Email,
  password: z.string().min(1, 'enter the password').max(256),
});
export const Setup = z.strictObject({
  token: z.string().min(1, 'open the link that the server printed').max(256),
  name: Line(100).min(1, 'enter a name'),
  email: Email,
  password: Password,
  team: Line(100).min(1, 'enter a name for the team'),
  teamSlug: Slug.optional(),
});

export const Device = z.object({
  id: z.string(),
  current: z.boolean(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Instant,
  expiresAt: Instant,
});

export const session = {
  get: operation({
    id: 'session.get',
    method: 'GET',
    path: '/api/v1/session',
    summary: 'Who is signed in, and their teams',
    gate: { kind: 'signed-in' },
    rateLimit: reading,
    audit: null,
    params: null,
    query: null,
    body: null,
    response: Session,
    status: 200,
  }),
  signIn: operation({
    id: 'session.signIn',
    method: 'POST',
    path: '/api/v1/session',
    summary: 'Sign in with e-mail and password',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'session.signed-in',
    params: null,
    query: null,
    body: SignIn,
    response: Session,
    status: 200,
  }),
  signOut: operation({
    id: 'session.signOut',
    method: 'DELETE',
    path: '/api/v1/session',
    summary: 'Sign out',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: changing,
    audit: 'session.signed-out',
    params: null,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  listDevices: operation({
    id: 'session.listDevices',
    method: 'GET',
    path: '/api/v1/session/devices',
    summary: 'Where this person is signed in',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: reading,
    audit: null,
    params: null,
    query: null,
    body: null,
    response: z.object({ items: z.array(Device) }),
    status: 200,
  }),
  revokeDevice: operation({
    id: 'session.revokeDevice',
    method: 'DELETE',
    path: '/api/v1/session/devices/{id}',
    summary: 'End one of this person’s sessions',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: changing,
    audit: 'session.revoked',
    params: z.object({ id: z.string().min(1).max(64) }),
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  setupStatus: operation({
    id: 'session.setupStatus',
    method: 'GET',
    path: '/api/v1/setup',
    summary: 'Whether the first admin still has to be made',
    gate: { kind: 'public' },
    rateLimit: reading,
    audit: null,
    params: null,
    query: null,
    body: null,
    response: z.object({ open: z.boolean() }),
    status: 200,
  }),
  setup: operation({
    id: 'session.setup',
    method: 'POST',
    path: '/api/v1/setup',
    summary: 'Make the first admin and team with the one-time link',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'team.created',
    params: null,
    query: null,
    body: Setup,
    response: Session,
    status: 201,
  }),
};
