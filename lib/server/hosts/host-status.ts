import 'server-only';
import type { Host } from '#api/contract/hosts';

interface Known {
  readonly transport: string;
  readonly hostKeyFingerprint: string | null;
  readonly seenKeyFingerprint: string | null;
  /** The last try to reach it went wrong. */
  readonly failing: boolean;
  /** It has a check list. */
  readonly checked: boolean;
  /** Something on it is red. */
  readonly red: boolean;
}

/** `attention`: reached, but something is red or the host key changed. */
export function hostStatus(host: Known): Host['status'] {
  if (host.seenKeyFingerprint && host.hostKeyFingerprint) return 'attention';
  if (host.transport === 'ssh' && !host.hostKeyFingerprint) return host.failing ? 'unreachable' : 'new';
  if (host.failing) return 'unreachable';
  if (!host.checked) return 'new';
  return host.red ? 'attention' : 'ready';
}
