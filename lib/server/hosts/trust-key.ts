import 'server-only';
import type { contract } from '#api/contract/index';
import { Prisma } from '../../generated/prisma/client';
import type { Handler } from '../door/route';
import { AppError } from '../platform/errors/app-error';
import { describeHost, hostInclude } from './describe-host';
import { findHost } from './find-host';

/** Pins the key that was seen last, and only that one: what a person compared is what gets trusted. */
export const trustKey: Handler<typeof contract.hosts.trustKey> = ({ params, body, change }) =>
  change(async (tx) => {
    const host = await findHost(tx, params.id);
    if (!host.seenKeyType || host.seenKeyFingerprint !== body.fingerprint) {
      throw new AppError('conflict', 'This is not the key that the host showed last.', {
        hint: 'Ask the host for its key again and compare the new fingerprint.',
      });
    }
    const row = await tx.host.update({
      where: { id: host.id },
      data: {
        hostKeyType: host.seenKeyType,
        hostKeyFingerprint: host.seenKeyFingerprint,
        seenKeyType: null,
        seenKeyFingerprint: null,
        lastError: Prisma.DbNull,
      },
      include: hostInclude,
    });
    const detail = { fingerprint: body.fingerprint, before: host.hostKeyFingerprint };
    return { value: describeHost(row), audit: { subject: `host ${host.name}`, subjectId: host.id, detail } };
  });
