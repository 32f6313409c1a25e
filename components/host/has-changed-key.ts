import type { Host } from '#api/contract/hosts';

/** Whether the host shows another key than the one that was confirmed. */
export function hasChangedKey(host: Pick<Host, 'pinnedKey' | 'seenKey'>): boolean {
  return (
    host.pinnedKey !== null &&
    host.seenKey !== null &&
    host.pinnedKey.fingerprint !== host.seenKey.fingerprint
  );
}
