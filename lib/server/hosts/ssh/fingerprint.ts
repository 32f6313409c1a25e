import 'server-only';
import { createHash } from 'node:crypto';

/** `SHA256:…` of a public key in SSH wire form, as `ssh` and `ssh-keygen -l` print it. */
export function keyFingerprint(publicKey: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(publicKey).digest('base64').replace(/=+$/, '')}`;
}

/** The type that a public key in SSH wire form names itself: `ssh-ed25519`. */
export function keyType(publicKey: Buffer): string {
  if (publicKey.length < 4) return 'unknown';
  return publicKey.subarray(4, 4 + Math.min(publicKey.readUInt32BE(0), 64)).toString('latin1');
}
