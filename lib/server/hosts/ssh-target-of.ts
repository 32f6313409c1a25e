import 'server-only';
import type { Host, Secret } from '../../generated/prisma/client';
import { db } from '../platform/database/db';
import { env } from '../platform/env';
import { TransportError } from '../platform/errors/transport-error';
import type { SshTarget } from './ssh/ssh-target';
import { openSshKey } from './ssh-secret';

export type HostWithSecret = Host & { readonly secret: Secret | null };
type Credentials = Pick<SshTarget, 'privateKey' | 'passphrase' | 'agentSocket' | 'certificate'>;

/** More jumps than this are a mistake. */
export const mostJumps = 4;

/** Where and as whom to log in, through its jump hosts. Throws `TransportError` `key-invalid` where there is no key, `unreachable` of a jump host. */
export async function sshTargetOf(host: HostWithSecret, credentials?: Credentials): Promise<SshTarget> {
  const via = await viaOf(host);
  return {
    address: host.address,
    port: host.port,
    user: host.user,
    // Without a pinned key the connection looks at the host's key and goes no further.
    hostKeyType: host.hostKeyType ?? '',
    hostKeyFingerprint: host.hostKeyFingerprint ?? '',
    ...(credentials ?? credentialsOf(host)),
    ...(host.access === 'enrolled' ? { account: 'enrolled' as const } : {}),
    ...(via ? { via } : {}),
  };
}

/** The jump host of a host as a place to log in; `null` where it is reached directly. */
export async function viaOf(host: Host, before: readonly string[] = []): Promise<SshTarget | null> {
  if (host.jumpHostId === null) return null;
  const path = [...before, host.id];
  const jump = await db().host.findUnique({ where: { id: host.jumpHostId }, include: { secret: true } });
  if (!jump || jump.archivedAt !== null || jump.teamId !== host.teamId)
    throw noWay(host, 'it no longer exists');
  if (path.includes(jump.id) || path.length > mostJumps)
    throw noWay(host, 'the jump hosts lead in a circle, or through too many machines');
  if (jump.transport !== 'ssh') throw noWay(host, 'it is not reached by SSH itself');
  const via = await viaOf(jump, path);
  return {
    address: jump.address,
    port: jump.port,
    user: jump.user,
    hostKeyType: jump.hostKeyType ?? '',
    hostKeyFingerprint: jump.hostKeyFingerprint ?? '',
    ...credentialsOf(jump),
    ...(via ? { via } : {}),
  };
}

function credentialsOf(host: HostWithSecret): Credentials {
  if (host.login === 'agent') return { privateKey: '', agentSocket: agentSocket() };
  if (!host.secret)
    throw new TransportError('key-invalid', `There is no key for ${host.name}.`, 'Add the host again.');
  const stored = storedCredentials(host.secret);
  return host.login === 'certificate' && host.publicKey ? { ...stored, certificate: host.publicKey } : stored;
}

/** A key pair that is kept here. */
export function storedCredentials(secret: Secret): Credentials {
  const { privateKey, passphrase } = openSshKey(secret);
  return { privateKey, ...(passphrase === undefined ? {} : { passphrase }) };
}

function agentSocket(): string {
  const { sshAgent } = env();
  if (sshAgent) return sshAgent;
  throw new TransportError(
    'key-invalid',
    'The SSH agent of the dashboard’s account may not be used, or there is none.',
    'Start the dashboard with GATEHOUSE_SSH_AGENT=on and with SSH_AUTH_SOCK, or give the host a key of its own.',
  );
}

const noWay = (host: Host, why: string) =>
  new TransportError(
    'unreachable',
    `The jump host of ${host.name} cannot be used: ${why}.`,
    'Choose another jump host on the host’s edit page.',
  );
