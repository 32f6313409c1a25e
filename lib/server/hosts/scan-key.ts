import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError } from '../platform/errors/app-error';
import { TransportError } from '../platform/errors/transport-error';
import { describeHost, hostInclude } from './describe-host';
import { findHost } from './find-host';
import { scanHost } from './open-host';
import { failureColumns } from './record-seen-key';

/** Asks a host for its key and shows it beside the pinned one. Trusts nothing. A failure is kept with the host, then reported. */
export const scanKey: Handler<typeof contract.hosts.scanKey> = async ({ db, params, change }) => {
  const host = await findHost(db, params.id);
  if (host.transport === 'local') {
    throw new AppError(
      'conflict',
      'This host is the machine that the dashboard runs on; it has no host key.',
    );
  }
  const found = await scanHost(host).catch((error: unknown) => {
    if (error instanceof TransportError) return error;
    throw error;
  });
  const value = await change(async (tx) => {
    const pinned = !(found instanceof TransportError) && found.fingerprint === host.hostKeyFingerprint;
    const row = await tx.host.update({
      where: { id: host.id },
      data:
        found instanceof TransportError
          ? failureColumns(found)
          : {
              seenKeyType: pinned ? null : found.type,
              seenKeyFingerprint: pinned ? null : found.fingerprint,
              lastSeenAt: new Date(),
            },
      include: hostInclude,
    });
    const detail =
      found instanceof TransportError ? { failure: found.code } : { fingerprint: found.fingerprint };
    return { value: describeHost(row), audit: { subject: `host ${host.name}`, subjectId: host.id, detail } };
  });
  if (found instanceof TransportError) throw found;
  return value;
};
