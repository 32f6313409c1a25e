import { z } from 'zod';
import { LayoutId, ServerKind } from '#core/servers/types';
import { Address, Line, Port } from '#core/site/text';
import { changing, operation, outgoing, reading } from '../operation';
import { IdParams, Instant, TeamParams } from './shared';

export const HostKey = z.object({ type: z.string(), fingerprint: z.string() });

/** One line of the check list: green, or red with the fix. */
export const HostCheck = z.object({
  id: z.enum([
    'reach',
    'host-key',
    'sign-in',
    'root',
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
  /** What to do, as text; commands to copy stand in `commands`. */
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
  /** The line for the host's authorized_keys. */
  publicKey: z.string().nullable(),
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
const User = z.string().regex(/^[a-z_][a-z0-9_-]{0,31}$/, 'must be a user name such as deploy');

export const HostInput = z.discriminatedUnion('transport', [
  z.strictObject({
    transport: z.literal('ssh'),
    name: Name,
    address: Address,
    port: Port.default(22),
    user: User.default('root'),
    key: z.discriminatedUnion('source', [
      z.strictObject({ source: z.literal('generate') }),
      z.strictObject({
        source: z.literal('upload'),
        privateKey: z.string().min(1, 'paste the private key').max(20_000),
        passphrase: z.string().max(1024).optional(),
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
  })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'change at least one field');

const read = { kind: 'team', permission: 'hosts.read' } as const;
const write = { kind: 'team', permission: 'hosts.write' } as const;
const check = { kind: 'team', permission: 'hosts.check' } as const;

export const hosts = {
  list: operation({
    id: 'hosts.list',
    method: 'GET',
    path: '/api/v1/teams/{team}/hosts',
    summary: 'List hosts',
    gate: read,
    rateLimit: reading,
    audit: null,
    params: TeamParams,
    query: null,
    body: null,
    response: z.object({ items: z.array(Host) }),
    status: 200,
  }),
  create: operation({
    id: 'hosts.create',
    method: 'POST',
    path: '/api/v1/teams/{team}/hosts',
    summary: 'Add a host; nothing is trusted yet',
    gate: write,
    rateLimit: changing,
    audit: 'host.created',
    params: TeamParams,
    query: null,
    body: HostInput,
    multiline: ['key.privateKey'],
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
    params: IdParams,
    query: null,
    body: HostPatch,
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
    params: IdParams,
    query: null,
    body: z.strictObject({ fingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/) }),
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
    params: IdParams,
    query: null,
    body: null,
    response: Host,
    status: 200,
  }),
};
