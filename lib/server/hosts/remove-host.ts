import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError } from '../platform/errors/app-error';
import { findHost } from './find-host';
import { forgetNextKey } from './next-key';

/** Forgets a host and destroys its key. What runs on it stays as it is; the history of its applies stays here. */
export const removeHost: Handler<typeof contract.hosts.remove> = ({ params, change }) =>
  change(async (tx) => {
    const host = await findHost(tx, params.id);
    const busy = await tx.applyTarget.findFirst({
      where: { target: { hostId: host.id }, status: { in: ['queued', 'running', 'holding'] } },
    });
    if (busy) {
      throw new AppError('conflict', 'An apply is at work on this host.', {
        hint: 'Wait until it has ended.',
      });
    }
    const behind = await tx.host.findFirst({ where: { jumpHostId: host.id, archivedAt: null } });
    if (behind) {
      throw new AppError('conflict', `${behind.name} is reached through this host.`, {
        hint: `Give ${behind.name} another way, or remove it first.`,
      });
    }
    const targetIds = host.targets.map(({ id }) => id);
    await tx.siteTarget.deleteMany({ where: { targetId: { in: targetIds } } });
    await tx.appliedFile.deleteMany({ where: { targetId: { in: targetIds } } });
    await tx.host.update({
      where: { id: host.id },
      data: { archivedAt: new Date(), goneAs: host.id, secretId: null, jumpHostId: null },
    });
    await forgetNextKey(tx, host);
    if (host.secretId) await tx.secret.delete({ where: { id: host.secretId } });
    return { value: undefined, audit: { subject: `host ${host.name}`, subjectId: host.id } };
  });
