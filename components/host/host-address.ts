import type { Host } from '#api/contract/hosts';

/** `deploy@10.0.0.5:2222`; the usual port is left out. */
export function hostAddress(host: Pick<Host, 'transport' | 'user' | 'address' | 'port'>): string {
  if (host.transport === 'local') return 'this machine';
  const address = host.address.includes(':') ? `[${host.address}]` : host.address;
  return `${host.user}@${address}${host.port === 22 ? '' : `:${host.port}`}`;
}

/** The step of the wizard that a host still waits for, `null` when it is through. */
export function pendingSetup(
  host: Pick<Host, 'transport' | 'pinnedKey' | 'status'>,
): 'fingerprint' | 'checks' | null {
  if (host.transport === 'ssh' && !host.pinnedKey) return 'fingerprint';
  return host.status === 'new' ? 'checks' : null;
}
