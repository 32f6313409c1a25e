import { z } from 'zod';
import { changing, guessing, operation, reading } from '../operation';
import { Instant } from './shared';

/** Six digits of an authenticator, or a recovery code; spaces and hyphens do not count. */
export const Code = z.string().min(6, 'enter the code').max(64);
export const Password = z.string().max(256).optional();

export const Factors = z.object({
  /** Since when an authenticator app is asked for; `null`: it is not. */
  authenticatorSince: Instant.nullable(),
  recoveryCodesLeft: z.int(),
  /** Whether a password is asked for before changes; not of people who only use single sign-on. */
  hasPassword: z.boolean(),
});
export type Factors = z.infer<typeof Factors>;
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

const own = {
  gate: { kind: 'signed-in', sessionOnly: true },
  rateLimit: guessing,
  params: null,
  query: null,
} as const;

/** The person's second factor: an authenticator app, and codes for the day it is lost. */
export const factors = {
  get: operation({
    ...own,
    id: 'factors.get',
    method: 'GET',
    path: '/api/v1/session/second-factor',
    summary: 'Whether signing in needs a second factor',
    rateLimit: reading,
    audit: null,
    body: null,
    response: Factors,
    status: 200,
  }),
  begin: operation({
    ...own,
    id: 'factors.begin',
    method: 'POST',
    path: '/api/v1/session/second-factor',
    summary: 'Begin to set up an authenticator app; its secret is shown once and counts after a first code',
    audit: 'factor.begun',
    proof: 'none',
    /** `null` from people without one. */
    body: z.strictObject({ password: z.string().max(256).nullable() }),
    response: z.object({ secret: z.string(), uri: z.string() }),
    status: 201,
    answersSecret: true,
  }),
  confirm: operation({
    ...own,
    id: 'factors.confirm',
    method: 'POST',
    path: '/api/v1/session/second-factor/confirm',
    summary: 'Finish with a first code; answers the recovery codes, once',
    audit: 'factor.set-up',
    proof: 'none',
    body: z.strictObject({ code: Code }),
    response: RecoveryCodes,
    status: 200,
    answersSecret: true,
  }),
  remove: operation({
    ...own,
    id: 'factors.remove',
    method: 'POST',
    path: '/api/v1/session/second-factor/remove',
    summary: 'Sign in without an authenticator app from now on',
    audit: 'factor.removed',
    proof: 'none',
    changesAccess: true,
    body: z.strictObject({ password: Password, code: Code }),
    response: null,
    status: 204,
  }),
  renewCodes: operation({
    ...own,
    id: 'factors.renewCodes',
    method: 'POST',
    path: '/api/v1/session/recovery-codes',
    summary: 'Make ten new recovery codes, shown once; the earlier ones end',
    rateLimit: changing,
    audit: 'factor.codes-renewed',
    proof: 'none',
    body: z.strictObject({ password: Password, code: Code }),
    response: RecoveryCodes,
    status: 200,
    answersSecret: true,
  }),
  clear: operation({
    id: 'factors.clear',
    method: 'DELETE',
    path: '/api/v1/people/{id}/second-factor',
    summary: 'Remove the second factor, recovery codes and passkeys of a person who lost them',
    gate: { kind: 'administrator', sessionOnly: true },
    rateLimit: changing,
    audit: 'factor.cleared',
    proof: 'recent',
    changesAccess: true,
    params: z.object({ id: z.string().min(1).max(64) }),
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
};
