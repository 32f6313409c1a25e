import { z } from 'zod';
import { Role } from '#core/access/roles';
import { Line, Slug } from '#core/site/text';
import { changing, guessing, operation, reading } from '../operation';
import { Instant, Person } from './shared';

export const Email = z.email('must be an e-mail address').max(254);
export const Password = z.string().min(12, 'use at least 12 characters').max(256);

export const Session = z.object({
  user: Person.extend({ administrator: z.boolean(), secondFactor: z.boolean() }),
  teams: z.array(
    z.object({
      id: z.string(),
      slug: z.string(),
      name: z.string(),
      role: Role,
      /** Its members reach it only with a second factor. */
      secondFactorNeeded: z.boolean(),
    }),
  ),
  /** Of the dashboard. */
  version: z.string(),
});
export type Session = z.infer<typeof Session>;

/** The first factor was right; `ticket` goes with the code. */
export const SecondFactorAsked = z.object({ secondFactor: z.object({ ticket: z.string() }) });
export const SignedIn = z.union([Session, SecondFactorAsked]);
export type SignedIn = z.infer<typeof SignedIn>;

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

export const PasswordChange = z.strictObject({
  /** Not asked from people without one, who came by single sign-on. */
  current: z.string().max(256).optional(),
  password: Password,
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
    summary: 'Sign in with e-mail and password; answers a session, or asks for the second factor',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'session.signed-in',
    proof: 'none',
    params: null,
    query: null,
    body: SignIn,
    response: SignedIn,
    status: 200,
  }),
  enterCode: operation({
    id: 'session.enterCode',
    method: 'POST',
    path: '/api/v1/session/code',
    summary: 'The second step of signing in: a code of the authenticator, or a recovery code',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'session.signed-in',
    proof: 'none',
    params: null,
    query: null,
    body: z.strictObject({
      ticket: z.string().min(1).max(2048),
      code: z.string().min(6, 'enter the code').max(64),
    }),
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
    proof: 'none',
    changesAccess: true,
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
    proof: 'none',
    changesAccess: true,
    params: z.object({ id: z.string().min(1).max(64) }),
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  changePassword: operation({
    id: 'session.changePassword',
    method: 'PUT',
    path: '/api/v1/session/password',
    summary: 'Change your password; ends your other sessions',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: guessing,
    audit: 'session.password-changed',
    proof: 'none',
    changesAccess: true,
    params: null,
    query: null,
    body: PasswordChange,
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
    proof: 'none',
    params: null,
    query: null,
    body: Setup,
    response: Session,
    status: 201,
  }),
};
