import 'server-only';
import { z } from 'zod';
import { type Host, HostCheck, HostLogin } from '#api/contract/hosts';
import { ServerKind } from '#core/servers/types';
import type { Prisma } from '../../generated/prisma/client';
import { readCertificate } from '../ssh/certificate';
import { ownPublicKey } from './own-public-key';
import { StoredFacts } from './stored-facts';

/** What `describeHost` has to be given. */
export const hostInclude = {
  group: { select: { id: true, name: true } },
  jumpHost: { select: { id: true, name: true } },
  targets: {
    orderBy: { server: 'asc' },
    include: { _count: { select: { sites: { where: { site: { archivedAt: null } } } } } },
  },
} as const satisfies Prisma.HostInclude;
type Whole = Prisma.HostGetPayload<{ include: typeof hostInclude }>;
type Counted = Pick<Whole['targets'][number], 'id' | 'server' | '_count'>;
type Row = Omit<Whole, 'targets'> & { readonly targets: readonly Counted[] };

const LastError = z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() });
const key = (type: string | null, fingerprint: string | null) =>
  type && fingerprint ? { type, fingerprint } : null;

/** `attention`: reached, but something is red or the host key changed. */
function statusOf(row: Row, checks: readonly HostCheck[]): Host['status'] {
  if (row.seenKeyFingerprint && row.hostKeyFingerprint) return 'attention';
  if (row.transport === 'ssh' && !row.hostKeyFingerprint) return row.lastError ? 'unreachable' : 'new';
  if (row.lastError) return 'unreachable';
  if (checks.length === 0) return 'new';
  return checks.some(({ status }) => status === 'failed') ? 'attention' : 'ready';
}

function certificateOf(row: Row): Host['certificate'] {
  const found = row.login === 'certificate' && row.publicKey ? readCertificate(row.publicKey) : null;
  if (!found?.ok) return null;
  const { keyId, principals, validUntil } = found.value;
  return { keyId, principals: [...principals], validUntil: validUntil?.toISOString() ?? null };
}

/** A host for the screens; its private key is not even read. */
export function describeHost(row: Row): z.input<typeof Host> {
  const facts = StoredFacts.nullable().parse(row.facts);
  const checks = z.array(HostCheck).parse(row.checks ?? []);
  return {
    id: row.id,
    name: row.name,
    transport: row.transport === 'local' ? 'local' : 'ssh',
    address: row.address,
    port: row.port,
    user: row.user,
    publicKey: ownPublicKey(row),
    certificate: certificateOf(row),
    access: row.access === 'enrolled' ? 'enrolled' : 'direct',
    login: HostLogin.parse(row.login),
    keyMade: row.keyMade,
    keyChangedAt: row.keyChangedAt?.toISOString() ?? null,
    nextKey: row.nextPublicKey
      ? { access: row.nextAccess === 'enrolled' ? 'enrolled' : 'direct', publicKey: row.nextPublicKey }
      : null,
    oldKey: row.oldPublicKey ? { user: row.oldUser ?? '', publicKey: row.oldPublicKey } : null,
    jumpHost: row.jumpHost,
    pinnedKey: key(row.hostKeyType, row.hostKeyFingerprint),
    seenKey: key(row.seenKeyType, row.seenKeyFingerprint),
    status: statusOf(row, checks),
    operatingSystem: facts?.operatingSystem ?? null,
    targets: row.targets.map((target) => {
      const server = ServerKind.parse(target.server);
      const found = facts?.servers.find((each) => each.server === server);
      return {
        id: target.id,
        server,
        version: found?.version ?? null,
        openssl: found?.openssl ?? null,
        layout: found?.layout ?? 'debian',
        modules: found?.modules ?? null,
        running: found?.running ?? false,
        sites: target._count.sites,
      };
    }),
    checks,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    lastError: LastError.nullable().parse(row.lastError),
    createdAt: row.createdAt.toISOString(),
    group: row.group,
  };
}
