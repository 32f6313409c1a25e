import 'server-only';
import type { ServerHostKeyAlgorithm } from 'ssh2';

const algorithms: Readonly<Record<string, readonly ServerHostKeyAlgorithm[]>> = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};

/** Every key type we take, best first. SHA-1 signatures and DSA are not among them. */
export const allHostKeyAlgorithms: ServerHostKeyAlgorithm[] = Object.values(algorithms).flat();

/** What to ask a host for so that it shows the key of the pinned type. Hosts have several, and choose by our order. */
export function hostKeyAlgorithms(type: string): ServerHostKeyAlgorithm[] {
  return [...(algorithms[type] ?? allHostKeyAlgorithms)];
}
