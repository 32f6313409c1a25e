import { z } from 'zod';
import { guessing, operation, reading } from '../operation';
import { UsedCredential } from './passkeys';
import { Instant } from './shared';

/** Proving again, within a session, who is at the browser: asked for by what changes a control, a key or an account. */
export const proof = {
  get: operation({
    id: 'proof.get',
    method: 'GET',
    path: '/api/v1/session/proof',
    summary: 'How you can prove that it is you, and until when you have',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: reading,
    audit: null,
    params: null,
    query: null,
    body: null,
    response: z.object({
      /** `null`: not lately. */
      until: Instant.nullable(),
      password: z.boolean(),
      code: z.boolean(),
      passkey: z.boolean(),
    }),
    status: 200,
  }),
  give: operation({
    id: 'proof.give',
    method: 'POST',
    path: '/api/v1/session/proof',
    summary: 'Prove that it is you, for what changes a control, a key or an account',
    gate: { kind: 'signed-in', sessionOnly: true },
    rateLimit: guessing,
    audit: 'session.proven',
    proof: 'none',
    params: null,
    query: null,
    body: z.union([
      z.strictObject({ password: z.string().min(1, 'enter your password').max(256) }),
      z.strictObject({ code: z.string().min(6, 'enter the code').max(64) }),
      z.strictObject({
        passkey: z.strictObject({ ticket: z.string().min(1).max(2048), credential: UsedCredential }),
      }),
    ]),
    response: z.object({ until: Instant }),
    status: 200,
  }),
};
