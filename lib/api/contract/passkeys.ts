import { z } from 'zod';
import { Line } from '#core/site/text';
import { changing, guessing, operation, reading } from '../operation';
import { Session } from './session';
import { Instant } from './shared';

export const Passkey = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
});

/** Options of WebAuthn as the browser wants them, and what goes back with its answer. */
export const PasskeyCeremony = z.object({
  ticket: z.string(),
  options: z.looseObject({ challenge: z.string() }),
});

const Ticket = z.string().min(1).max(2048);
const Bytes = z.string().max(16_384);
const Name = Line(100).min(1, 'enter a name');

/** The parts of the browser’s answers that are looked at, in base64url. */
export const NewCredential = z.strictObject({
  id: Bytes,
  clientDataJSON: Bytes,
  attestationObject: Bytes,
  transports: z
    .array(
      z
        .string()
        .max(32)
        .regex(/^[a-z-]{1,32}$/),
    )
    .max(10),
});
export const UsedCredential = z.strictObject({
  id: Bytes,
  clientDataJSON: Bytes,
  authenticatorData: Bytes,
  signature: Bytes,
});

const own = { gate: { kind: 'signed-in', sessionOnly: true }, query: null } as const;
const Id = z.object({ id: z.string().min(1).max(64) });

/** Passkeys sign in by themselves: the device proves itself and asks for a finger, face or PIN, which makes two factors. */
export const passkeys = {
  list: operation({
    ...own,
    id: 'passkeys.list',
    method: 'GET',
    path: '/api/v1/session/passkeys',
    summary: 'List your passkeys',
    rateLimit: reading,
    audit: null,
    params: null,
    body: null,
    response: z.object({ items: z.array(Passkey) }),
    status: 200,
  }),
  prepare: operation({
    ...own,
    id: 'passkeys.prepare',
    method: 'GET',
    path: '/api/v1/session/passkeys/new',
    summary: 'What a browser needs to make a passkey',
    rateLimit: reading,
    audit: null,
    params: null,
    body: null,
    response: PasskeyCeremony,
    status: 200,
  }),
  create: operation({
    ...own,
    id: 'passkeys.create',
    method: 'POST',
    path: '/api/v1/session/passkeys',
    summary: 'Keep a passkey that the browser made',
    rateLimit: guessing,
    audit: 'passkey.created',
    proof: 'recent',
    params: null,
    body: z.strictObject({
      ticket: Ticket,
      name: Name,
      password: z.string().max(256).optional(),
      credential: NewCredential,
    }),
    response: Passkey,
    status: 201,
  }),
  rename: operation({
    ...own,
    id: 'passkeys.rename',
    method: 'PATCH',
    path: '/api/v1/session/passkeys/{id}',
    summary: 'Rename one of your passkeys',
    rateLimit: changing,
    audit: 'passkey.renamed',
    proof: 'none',
    params: Id,
    body: z.strictObject({ name: Name }),
    response: Passkey,
    status: 200,
  }),
  remove: operation({
    ...own,
    id: 'passkeys.remove',
    method: 'DELETE',
    path: '/api/v1/session/passkeys/{id}',
    summary: 'Remove one of your passkeys',
    rateLimit: changing,
    audit: 'passkey.removed',
    proof: 'recent',
    params: Id,
    body: null,
    response: null,
    status: 204,
  }),
  challenge: operation({
    id: 'passkeys.challenge',
    method: 'GET',
    path: '/api/v1/passkeys',
    summary: 'What a browser needs to sign in with a passkey',
    gate: { kind: 'public' },
    rateLimit: { points: 30, perSeconds: 60 },
    audit: null,
    params: null,
    query: null,
    body: null,
    response: PasskeyCeremony,
    status: 200,
  }),
  signIn: operation({
    id: 'passkeys.signIn',
    method: 'POST',
    path: '/api/v1/passkeys',
    summary: 'Sign in with a passkey; it counts as both factors',
    gate: { kind: 'public' },
    rateLimit: guessing,
    audit: 'session.signed-in',
    proof: 'none',
    params: null,
    query: null,
    body: z.strictObject({ ticket: Ticket, credential: UsedCredential }),
    response: Session,
    status: 200,
  }),
};
