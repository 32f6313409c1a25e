import { z } from 'zod';
import { Address, Line, Port } from '#core/site/text';
import { LayoutId, ServerKind } from '#core/web-server/render-target';
import { changing, operation, outgoing, reading } from '../operation';
import { IdParams, Instant, TeamParams } from './shared';

export const HostAccess = z.enum(['direct', 'enrolled']);
export const HostLogin = z.enum(['key', 'certificate', 'agent']);
export type HostAccess = z.infer<typeof HostAccess>;
export type HostLogin = z.infer<typeof HostLogin>;

export const HostKey = z.object({ type: z.string(), fingerprint: z.string() });

/** One line of the check list: green, or red with the fix. */
export const HostCheck = z.object({
  id: z.enum([
    'reach',
    'host-key',
    'sign-in',
    'root',
    'locked',
    'tools',
    'web-server',
    'layout',
    'included',
    'config-test',
    'disk',
    'clock',
  ]),
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  title: z.string(),
  message: z.string(),
  /** What to do, as text; commands to copy are in `commands`. */
  fix: z.string().nullable(),
  commands: z.array(z.string()),
});
export type HostCheck = z.infer<typeof HostCheck>;

export const HostTarget = z.object({
  id: z.string(),
  server: ServerKind,
  version: z.string().nullable(),
  openssl: z.string().nullable(),
  layout: LayoutId,
  modules: z.array(z.string()).nullable(),
  running: z.boolean(),
  sites: z.int(),
});

export const Host = z.object({
  id: z.string(),
  name: z.string(),
  transport: z.enum(['ssh', 'local']),
  address: z.string(),
  port: z.int(),
  user: z.string(),
  /** The line for the host's authorized_keys; `null` where none is needed. */
  publicKey: z.string().nullable(),
  /** The OpenSSH certificate that it signs in with. `validUntil: null`: forever. */
  certificate: z
    .object({ keyId: z.string(), principals: z.array(z.string()), validUntil: Instant.nullable() })
    .nullable(),
  /** `direct`: the account is root or may become it. `enrolled`: the key can do nothing but run the helper. */
  access: HostAccess,
  /** `key`: with the pair that is kept here. `certificate`: with that and an authority’s signature on it. `agent`: with the SSH agent of the dashboard's own account. */
  login: HostLogin,
  /** The pair was made here, for this host alone. */
  keyMade: z.boolean(),
  keyChangedAt: Instant.nullable(),
  /** A new key that has not proven itself yet; the one in use still works. */
  nextKey: z.object({ access: HostAccess, publicKey: z.string() }).nullable(),
  /** A key that was replaced, but may still be let in there. */
  oldKey: z.object({ user: z.string(), publicKey: z.string() }).nullable(),
  jumpHost: z.object({ id: z.string(), name: z.string() }).nullable(),
  pinnedKey: HostKey.nullable(),
  /** Seen, but not (or no longer) the pinned one: nothing runs until a person decides. */
  seenKey: HostKey.nullable(),
  status: z.enum(['new', 'ready', 'attention', 'unreachable']),
  operatingSystem: z.string().nullable(),
  targets: z.array(HostTarget),
  checks: z.array(HostCheck),
  checkedAt: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
  lastError: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
  createdAt: Instant,
  /** The policy that it is under, beside the team's own. */
  group: z.object({ id: z.string(), name: z.string() }).nullable(),
});
export type Host = z.infer<typeof Host>;

const Name = Line(63).regex(
  /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
  'use letters, digits, dots, hyphens and underscores',
);
const User = z
  .string()
  .max(32)
  .regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'must be a user name such as deploy');

const CertificateText = z.string().min(1, 'paste the certificate').max(20_000);

export const HostInput = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('ssh'),
    name: Name,
    address: Address,
    port: Port.default(22),
    /** Of a host with `access: enrolled` it is the account that the bootstrap script makes, whatever this field says. */
    user: User.default('root'),
    access: HostAccess.default('direct'),
    /** Reach it through this host of the team. */
    jumpHostId: z.string().min(1).max(40).nullable().default(null),
    key: z.discriminatedUnion('source', [
      z.strictObject({ source: z.literal('generate') }),
      /** The agent of the account that the dashboard runs as; where its settings allow that. */
      z.strictObject({ source: z.literal('agent') }),
      z.strictObject({
        source: z.literal('upload'),
        privateKey: z.string().min(1, 'paste the private key').max(20_000),
        passphrase: z.string().max(1024).optional(),
        /** Its OpenSSH certificate, as in `-cert.pub`, where the host trusts an authority instead of single keys. */
        certificate: CertificateText.optional(),
      }),
    ]),
  }),
  z.strictObject({ transport: z.literal('local'), name: Name }),
]);

export const HostPatch = z
  .strictObject({
    name: Name,
    address: Address,
    port: Port,
    user: User,
    groupId: z.string().max(64).nullable(),
    jumpHostId: z.string().min(1).max(40).nullable(),
    /** A newer certificate of the same key. */
    certificate: CertificateText,
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'change at least one field');

const read = { kind: 'team', permission: 'hosts.read' } as const;
const write = { kind: 'team', permission: 'hosts.write' } as const;
const check = { kind: 'team', permission: 'hosts.check' } as const;

export const hosts = {
  create: operation({
    id: 'hosts.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/hosts',
    summary: 'Add a host; nothing is trusted yet',
    gate: write,
    rateLimit: changing,
    audit: 'host.created',
    proof: 'recent-or-token',
    params: TeamParams,
    query: null,
    body: HostInput,
    multiline: ['key.privateKey', 'key.certificate'],
    response: Host,
    status: 201,
  }),
  get: operation({
    id: 'hosts.get',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts/{id}',
    summary: 'Get a host',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: Host,
    status: 200,
  }),
  update: operation({
    id: 'hosts.update',
    method: 'PATCH',
    path: '/api/v1/teams/{team}/hosts/{id}',
    summary: 'Change how a host is reached; a new address drops the pinned key',
    gate: write,
    rateLimit: changing,
    audit: 'host.updated',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: HostPatch,
    multiline: ['certificate'],
    response: Host,
    status: 200,
  }),
  remove: operation({
    id: 'hosts.remove',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/hosts/{id}',
    summary: 'Forget a host; its files stay as they are',
    gate: write,
    rateLimit: changing,
    audit: 'host.deleted',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: null,
    response: null,
    status: 204,
  }),
  scanKey: operation({
    id: 'hosts.scanKey',
    method: 'POST',
    path: '/api/v1/teams/{team}/hosts/{id}/host-key',
    summary: 'Ask the host for its key, without trusting it',
    gate: write,
    rateLimit: outgoing,
    audit: 'host.key-scanned',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: Host,
    status: 200,
  }),
  trustKey: operation({
    id: 'hosts.trustKey',
    method: 'PUT',
    path: '/api/v1/teams/{team}/hosts/{id}/host-key',
    summary: 'Pin the host key after comparing its fingerprint',
    gate: write,
    rateLimit: changing,
    audit: 'host.key-trusted',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: z.strictObject({
      fingerprint: z
        .string()
        .max(50)
        .regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
    }),
    response: Host,
    status: 200,
  }),
  bootstrap: operation({
    id: 'hosts.bootstrap',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts/{id}/bootstrap',
    summary:
      'The script that a person reads and runs once as root: afterwards the key can do nothing but run the helper',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: IdParams,
    query: null,
    body: null,
    response: z.object({
      fileName: z.string(),
      script: z.string(),
      /** Of the helper inside, as the host reports it of its own copy. */
      helperSha256: z.string(),
    }),
    status: 200,
  }),
  prepareKey: operation({
    id: 'hosts.prepareKey',
    method: 'POST',
    path: '/api/v1/teams/{team}/hosts/{id}/next-key',
    summary: 'Make a new key pair for a host; the one in use stays in use',
    gate: write,
    rateLimit: changing,
    audit: 'host.key-prepared',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: z.strictObject({ access: HostAccess }),
    response: Host,
    status: 201,
  }),
  dropKey: operation({
    id: 'hosts.dropKey',
    method: 'DELETE',
    path: '/api/v1/teams/{team}/hosts/{id}/next-key',
    summary: 'Discard a new key that is not in use yet',
    gate: write,
    rateLimit: changing,
    audit: 'host.key-dropped',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: null,
    response: Host,
    status: 200,
  }),
  changeKey: operation({
    id: 'hosts.changeKey',
    method: 'PUT',
    path: '/api/v1/teams/{team}/hosts/{id}/next-key',
    summary: 'Replace the key of a host: install the new one, prove that it works, take the old one out',
    gate: write,
    rateLimit: outgoing,
    audit: 'host.key-changed',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: z.strictObject({
      access: HostAccess,
      /** `by-hand`: somebody has installed the prepared key already. */
      install: z.enum(['over-ssh', 'by-hand']).default('over-ssh'),
      /** Take the old key out of the account's authorized_keys. */
      removeOld: z.boolean().default(true),
    }),
    response: Host,
    status: 200,
  }),
  removeOldKey: operation({
    id: 'hosts.removeOldKey',
    method: 'PUT',
    path: '/api/v1/teams/{team}/hosts/{id}/old-key',
    summary: 'Take a replaced key out of the host, or say that somebody has done so',
    gate: write,
    rateLimit: outgoing,
    audit: 'host.old-key-removed',
    proof: 'recent-or-token',
    params: IdParams,
    query: null,
    body: z.strictObject({ done: z.enum(['here', 'by-hand']) }),
    response: Host,
    status: 200,
  }),
  check: operation({
    id: 'hosts.check',
    method: 'POST',
    path: '/api/v1/teams/{team}/hosts/{id}/checks',
    summary: 'Run the check list on the host',
    gate: check,
    rateLimit: outgoing,
    audit: 'host.checked',
    proof: 'none',
    params: IdParams,
    query: null,
    body: null,
    response: Host,
    status: 200,
  }),
};
