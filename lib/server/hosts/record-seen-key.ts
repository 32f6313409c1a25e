import 'server-only';
import { write } from '../platform/database/write';
import type { TransportError } from '../platform/errors/transport-error';

const isAboutKey = (code: string) => code === 'host-key-changed' || code === 'host-key-unknown';

/** Columns that record a failure to reach a host. */
export const failureColumns = ({ code, message, hint, detail }: TransportError) => ({
  lastError: { code, message, hint },
  ...(isAboutKey(code) && detail.foundType && detail.found
    ? { seenKeyType: detail.foundType, seenKeyFingerprint: detail.found }
    : {}),
});

/**
 * Keeps an unknown host key for a person to decide on. Nothing is trusted by it, and the pinned key stays. An observation, not an
 * operation of a person, so it has no record of its own; trusting the key has.
 */
export async function recordSeenKey(hostId: string, error: TransportError): Promise<void> {
  if (!isAboutKey(error.code)) return;
  await write((tx) => tx.host.updateMany({ where: { id: hostId }, data: failureColumns(error) }));
}
