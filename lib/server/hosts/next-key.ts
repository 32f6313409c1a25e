import 'server-only';
import type { HostAccess } from '#api/contract/hosts';
import type { WriteDb } from '../platform/database/db';
import { AppError } from '../platform/errors/app-error';
import { ownPublicKey } from './own-public-key';
import { generateKeyPair } from './ssh/private-key';
import { sealSshKey } from './ssh-secret';
import type { HostWithSecret } from './ssh-target-of';

const none = { nextAccess: null, nextPublicKey: null, nextSecretId: null };

/** Makes the pair that is to replace a host's key. One that waits already for the same is kept: somebody may have installed it. */
export async function makeNextKey(tx: WriteDb, host: HostWithSecret, access: HostAccess): Promise<void> {
  if (host.nextSecretId && host.nextAccess === access) return;
  await forgetNextKey(tx, host);
  const { privateKey, publicKey } = generateKeyPair(`gatehouse-${host.name}`);
  const nextSecretId = await sealSshKey(tx, host.teamId, { privateKey });
  await tx.host.update({
    where: { id: host.id },
    data: { nextAccess: access, nextPublicKey: publicKey, nextSecretId },
  });
}

/** Destroys a pair that is not in use. */
export async function forgetNextKey(
  tx: WriteDb,
  host: { readonly id: string; readonly nextSecretId: string | null },
): Promise<void> {
  await tx.host.update({ where: { id: host.id }, data: none });
  if (host.nextSecretId) await tx.secret.delete({ where: { id: host.nextSecretId } });
}

/** Puts the new pair in the place of the one in use, which is destroyed. `old`: what may still be let in on the host. */
export async function switchKeys(
  tx: WriteDb,
  host: HostWithSecret,
  next: { readonly access: HostAccess; readonly user: string },
): Promise<void> {
  await tx.host.update({
    where: { id: host.id },
    data: {
      ...none,
      access: next.access,
      user: next.user,
      login: 'key',
      secretId: host.nextSecretId,
      publicKey: host.nextPublicKey,
      keyMade: true,
      keyChangedAt: new Date(),
      oldPublicKey: ownPublicKey(host),
      oldUser: ownPublicKey(host) ? host.user : null,
    },
  });
  if (host.secretId) await tx.secret.delete({ where: { id: host.secretId } });
}

/** @throws AppError `conflict` where there is no key to change, or not in this way */
export function assertMayChange(
  host: HostWithSecret & { reaches: readonly { name: string }[] },
  access: HostAccess,
) {
  if (host.transport === 'local')
    throw new AppError('conflict', 'This host is the machine that the dashboard runs on; it has no key.');
  if (!host.hostKeyFingerprint)
    throw new AppError('conflict', `Nobody has confirmed the host key of ${host.name} yet.`, {
      hint: 'Compare its fingerprint first.',
    });
  if (host.access === 'enrolled' && access === 'direct')
    throw new AppError(
      'conflict',
      `The key of ${host.name} is locked down; it cannot open that again by itself.`,
      {
        hint: 'Remove the host and add it again with an account that has root or sudo.',
      },
    );
  if (host.login !== 'key' && access === 'direct')
    throw new AppError('conflict', `The dashboard has no key of its own for ${host.name}.`, {
      hint: 'It signs in with a certificate, or with what its own account has. Lock the host down to give it a key of its own.',
    });
  const [behind] = host.reaches;
  if (access === 'enrolled' && behind)
    throw new AppError(
      'conflict',
      `${behind.name} is reached through ${host.name}; a locked-down key forwards nothing.`,
      {
        hint: `Give ${behind.name} another way first.`,
      },
    );
}
