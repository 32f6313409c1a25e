import 'server-only';
import { createHash } from 'node:crypto';
import type { SshTarget } from './ssh-target';

/** Tells connections apart. A rotated key, or a newly confirmed host key, must not ride on a connection that was made with the old one. */
export function connectionName(target: SshTarget): string {
  const { address, port, user, privateKey, passphrase = '', hostKeyFingerprint, account = '' } = target;
  const { agentSocket = '', certificate = '' } = target;
  const parts = [address, port, user, privateKey, passphrase, agentSocket, certificate];
  const hash = createHash('sha256').update(JSON.stringify([...parts, hostKeyFingerprint, account]));
  return target.via ? hash.update(connectionName(target.via)).digest('hex') : hash.digest('hex');
}
