import { z } from 'zod';

/** What an ACME server answers (RFC 8555, 9773, profiles draft), parsed before it is believed. Unknown fields are dropped. */

const Url = z.url({ protocol: /^https$/ }).max(2000);
const Text = z.string().max(4000);

/** RFC 7807 with ACME's subproblems. All of it is the CA's own text. */
const ProblemFields = z.object({
  type: Text.default('about:blank'),
  detail: Text.default(''),
  status: z.int().optional(),
  identifier: z.object({ value: Text }).optional(),
});
export const AcmeProblem = ProblemFields.extend({
  subproblems: z.array(ProblemFields).max(100).optional(),
});
export type AcmeProblem = z.infer<typeof AcmeProblem>;

export const Directory = z.object({
  newNonce: Url,
  newAccount: Url,
  newOrder: Url,
  revokeCert: Url,
  keyChange: Url,
  /** ARI, RFC 9773. */
  renewalInfo: Url.optional(),
  meta: z
    .object({
      termsOfService: z.string().max(2000).optional(),
      website: z.string().max(2000).optional(),
      caaIdentities: z.array(Text).max(20).optional(),
      externalAccountRequired: z.boolean().optional(),
      /** Name and description of each profile. */
      profiles: z.record(z.string(), z.string()).optional(),
    })
    .default({}),
});
export type Directory = z.infer<typeof Directory>;

export const Order = z.object({
  status: z.enum(['pending', 'ready', 'processing', 'valid', 'invalid']),
  expires: z.string().max(64).optional(),
  identifiers: z.array(z.object({ type: z.string(), value: Text })).max(200),
  authorizations: z.array(Url).max(200),
  finalize: Url,
  certificate: Url.optional(),
  error: AcmeProblem.optional(),
});
export type Order = z.infer<typeof Order>;

export const Challenge = z.object({
  type: z.string(),
  url: Url,
  status: z.enum(['pending', 'processing', 'valid', 'invalid']),
  /** base64url, RFC 8555 section 8.3: at least 128 bits. */
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,200}$/)
    .optional(),
  error: AcmeProblem.optional(),
});
export type Challenge = z.infer<typeof Challenge>;

export const Authorization = z.object({
  identifier: z.object({ type: z.string(), value: Text }),
  status: z.enum(['pending', 'valid', 'invalid', 'deactivated', 'expired', 'revoked']),
  wildcard: z.boolean().optional(),
  challenges: z.array(Challenge).max(20),
});
export type Authorization = z.infer<typeof Authorization>;

export const RenewalInfo = z.object({
  suggestedWindow: z.object({
    start: z.iso.datetime({ offset: true }),
    end: z.iso.datetime({ offset: true }),
  }),
  explanationURL: z.string().max(2000).optional(),
});
export type RenewalInfo = z.infer<typeof RenewalInfo>;
