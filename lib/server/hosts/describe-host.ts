import 'server-only';
import { z } from 'zod';
import { type Host, HostCheck, HostLogin } from '#api/contract/hosts';
import { ServerKind } from '#core/web-server/render-target';
import type { Prisma } from '../../generated/prisma/client';
import { hostStatus } from './host-status';
import { ownPublicKey } from './own-public-key';
import { readCertificate } from './ssh/certificate';
import { StoredFacts } from './stored-facts';
import { webServerOf } from './web-server-of';

/** What `describeHost` has to be given. */
export const hostInclude = {
  group: { select: { id: true, name: true } },
  jumpHost: { select: { id: true, name: true } },
  targets: {
    orderBy: { server: 'asc' },
    include: { _count: { select: { sites: { where: { site: { archivedAt: null } } } } } },
  },
} as const satisfies Prisma.HostInclude;
type Row = Prisma.HostGetPayload<{ include: typeof hostInclude }>;

const LastError = z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() });
const key = (type: string | null, fingerprint: string | null) =>
  type && fingerprint ? { type, fingerprint } : null;

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
    status: hostStatus({
      ...row,
      failing: Boolean(row.lastError),
      checked: checks.length > 0,
      red: checks.some(({ status }) => status === 'failed'),
    }),
    operatingSystem: facts?.operatingSystem ?? null,
    targets: row.targets.map((target) => {
      const server = ServerKind.parse(target.server);
      const running = facts?.servers.find((each) => each.server === server)?.running ?? false;
      return { id: target.id, ...webServerOf(facts, server), running, sites: target._count.sites };
    }),
    checks,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    lastError: LastError.nullable().parse(row.lastError),
    createdAt: row.createdAt.toISOString(),
    group: row.group,
  };
}
