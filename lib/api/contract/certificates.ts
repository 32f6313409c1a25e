import { z } from 'zod';
import { Line, Slug } from '#core/site/text';
import { ServerKind } from '#core/web-server/render-target';
import { changing, operation, outgoing, reading } from '../operation';
import { IdParams, Instant, TeamParams } from './shared';

export const Issuer = z.object({
  id: z.string(),
  name: z.string(),
  directoryUrl: z.string(),
  email: z.string(),
  /** Trusted for the CA's own address: its private root, or the public ones. */
  trust: z.enum(['public', 'private']),
  termsUrl: z.string(),
  termsAcceptedAt: Instant,
  /** Key id of the external account binding; its key is never shown. */
  eabKid: z.string().nullable(),
  accountUrl: z.string().nullable(),
  profile: z.string().nullable(),
  /** Certificates that it is to issue. */
  certificates: z.int(),
  createdAt: Instant,
});
export type Issuer = z.infer<typeof Issuer>;

const Pem = z
  .string()
  .max(65_536)
  .regex(
    /^\s*-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----\s*$/,
    'must be a certificate in PEM form',
  )
  .refine((text) => !text.includes('PRIVATE KEY'), 'must not hold a private key');

export const IssuerInput = z.strictObject({
  name: Slug,
  directoryUrl: z
    .url({ protocol: /^https$/, error: 'must be the https:// address of an ACME directory' })
    .max(500),
  email: z.union([z.literal(''), z.email('must be an e-mail address').max(254)]).default(''),
  agreeTerms: z.literal(true, 'a CA makes an account only for somebody who accepts its terms'),
  caPem: Pem.nullable().default(null),
  eab: z
    .strictObject({
      kid: Line(200).min(1),
      hmacKey: z
        .string()
        .max(500)
        .regex(/^[A-Za-z0-9_-]{16,}$/, 'must be the key as the CA gave it (base64url)'),
    })
    .nullable()
    .default(null),
  profile: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9._-]+$/, 'must be the name of a profile')
    .nullable()
    .default(null),
});

const Problem = z.object({ message: z.string(), hint: z.string(), at: Instant });

export const Certificate = z.object({
  id: z.string(),
  /** `ci`, or `ci.agents` for an extra host with a certificate of its own. */
  name: z.string(),
  site: z.object({ id: z.string(), name: z.string() }),
  target: z.object({ id: z.string(), server: ServerKind, hostId: z.string(), hostName: z.string() }),
  issuer: z.string(),
  hostnames: z.array(z.string()),
  keyType: z.string(),
  profile: z.string().nullable(),
  /**
   * `waiting`: none is there yet, a placeholder is served. `failing`: the last attempt failed; what was served still is. `valid`: renewed by itself in time.
   * `late`: its renewal window is over. `serious`: under a tenth of its life is left.
   */
  status: z.enum(['waiting', 'ordering', 'failing', 'valid', 'late', 'serious', 'expired', 'revoked']),
  /** What is done next on the way to a new one. */
  stage: z.string(),
  nextAt: Instant.nullable(),
  serial: z.string().nullable(),
  notBefore: Instant.nullable(),
  notAfter: Instant.nullable(),
  renewAt: Instant.nullable(),
  /** When it was last seen to be served, from the dashboard; `null`: never. */
  servedAt: Instant.nullable(),
  problem: Problem.nullable(),
});
export type Certificate = z.infer<typeof Certificate>;

const base = { query: null, body: null } as const;
const read = { kind: 'team', permission: 'certificates.read' } as const;
const renew = { kind: 'team', permission: 'certificates.renew' } as const;
const manage = { kind: 'team', permission: 'issuers.manage' } as const;

/** CAs that issue certificates by ACME. */
export const issuers = {
  list: operation({
    ...base,
    gate: read,
    id: 'issuers.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/issuers',
    summary: 'List issuers of certificates',
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    response: z.object({ items: z.array(Issuer) }),
    status: 200,
  }),
  create: operation({
    ...base,
    gate: manage,
    id: 'issuers.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/issuers',
    summary: 'Add an issuer: makes an account at the CA',
    rateLimit: outgoing,
    audit: 'issuer.created',
    proof: 'recent-or-token',
    params: TeamParams,
    body: IssuerInput,
    multiline: ['caPem'],
    response: Issuer,
    status: 201,
  }),
  remove: operation({
    ...base,
    gate: manage,
    id: 'issuers.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/issuers/{id}',
    summary: 'Remove an issuer that no certificate needs, with its account key',
    rateLimit: changing,
    audit: 'issuer.deleted',
    proof: 'recent-or-token',
    params: IdParams,
    response: null,
    status: 204,
  }),
};

/** Certificates that the dashboard obtains and renews. */
export const certificates = {
  list: operation({
    ...base,
    gate: read,
    id: 'certificates.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/certificates',
    summary: 'List certificates, those that need attention first',
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    response: z.object({ items: z.array(Certificate) }),
    status: 200,
  }),
  renew: operation({
    ...base,
    gate: renew,
    id: 'certificates.renew',
    method: 'POST',
    path: '/api/v1/teams/{team}/certificates/{id}/renew',
    summary: 'Obtain a new certificate with a new key now',
    rateLimit: outgoing,
    audit: 'certificate.asked',
    proof: 'none',
    params: IdParams,
    response: Certificate,
    status: 202,
  }),
  revoke: operation({
    ...base,
    gate: renew,
    id: 'certificates.revoke',
    method: 'POST',
    path: '/api/v1/teams/{team}/certificates/{id}/revoke',
    summary: 'Have the CA revoke the certificate that is served; a new one is obtained at once',
    rateLimit: outgoing,
    audit: 'certificate.revoked',
    proof: 'recent-or-token',
    params: IdParams,
    body: z.strictObject({
      /** `key-compromise`, `superseded`: a better one took its place, `cessation`: the name is not used any longer. */
      reason: z.enum(['unspecified', 'key-compromise', 'superseded', 'cessation']),
    }),
    response: Certificate,
    status: 202,
  }),
};
