import 'server-only';
import { Prisma } from '../../../generated/prisma/client';
import { writeAudit } from '../../door/audit';
import { failureColumns } from '../../hosts/record-seen-key';
import { chunks } from '../../platform/database/chunks';
import type { WriteDb } from '../../platform/database/db';
import { write } from '../../platform/database/write';
import type { TransportError } from '../../platform/errors/transport-error';
import { openStatuses } from '../applies/apply-status';
import { appliedVersion } from './applied-version';
import { nextLook, nextTry } from './next-look';
import { notifyDrift } from './notify-drift';
import { type FoundDrift, keyOf } from './read-drift';

interface Comparison {
  readonly host: { readonly id: string; readonly teamId: string; readonly name: string };
  readonly startedAt: Date;
  readonly found: readonly FoundDrift[];
  /** What was on record as applied when the comparison began. */
  readonly applied: string;
}

/**
 * Keeps what a comparison has found, unless an apply overtook it: then nothing is kept, and the answer is false. Decisions of people
 * hold as long as the path stays exactly as it was; what begins and what ends is put on the team's record.
 */
export function recordDrift({ host, startedAt, found, applied }: Comparison): Promise<boolean> {
  return write(async (tx) => {
    const targets = await tx.target.findMany({
      where: { hostId: host.id },
      include: { appliedFiles: { select: { id: true, updatedAt: true } }, driftFiles: true },
    });
    const touched = await tx.applyTarget.findFirst({
      where: {
        target: { hostId: host.id },
        OR: [{ status: { in: [...openStatuses] } }, { finishedAt: { gte: startedAt } }],
      },
      select: { id: true },
    });
    if (touched || appliedVersion(targets) !== applied) return false;

    const before = new Map(
      targets.flatMap(({ driftFiles }) => driftFiles.map((row) => [keyOf(row.targetId, row.path), row])),
    );
    const unchanged: string[] = [];
    const news: FoundDrift[] = [];
    for (const { content, ...drift } of found) {
      const key = keyOf(drift.targetId, drift.path);
      const row = before.get(key);
      before.delete(key);
      if (row && row.print === drift.print && row.state === drift.state && row.siteId === drift.siteId) {
        unchanged.push(row.id);
        continue;
      }
      const data = {
        ...drift,
        ...(content === undefined ? {} : { content }),
        changedAt: startedAt,
        lastSeenAt: startedAt,
        decision: null,
        reason: '',
        decidedById: null,
        decidedAt: null,
      };
      const { id } = row
        ? await tx.driftFile.update({ where: { id: row.id }, data })
        : await tx.driftFile.create({ data: { ...data, teamId: host.teamId, firstSeenAt: startedAt } });
      await tell(tx, host, 'drift.found', drift.path, id, { state: drift.state });
      news.push({ ...drift, content });
    }
    await notifyDrift(tx, { host, files: news });
    for (const ids of chunks(unchanged))
      await tx.driftFile.updateMany({ where: { id: { in: ids } }, data: { lastSeenAt: startedAt } });
    for (const gone of before.values()) {
      await tx.driftFile.delete({ where: { id: gone.id } });
      await tell(tx, host, 'drift.gone', gone.path, gone.id, {});
    }
    await tx.host.update({
      where: { id: host.id },
      data: {
        driftCheckedAt: startedAt,
        driftDueAt: nextLook(),
        lastSeenAt: startedAt,
        unreachableSince: null,
        lastError: Prisma.DbNull,
      },
    });
    return true;
  });
}

/** The host could not be read: since when, and why. What was known of its files stays as it was seen last. */
export async function recordUnreachable(hostId: string, error: TransportError, at: Date): Promise<void> {
  await write(async (tx) => {
    await tx.host.updateMany({
      where: { id: hostId, unreachableSince: null },
      data: { unreachableSince: at },
    });
    const host = await tx.host.findUnique({ where: { id: hostId }, select: { unreachableSince: true } });
    await tx.host.updateMany({
      where: { id: hostId },
      data: { ...failureColumns(error), driftDueAt: nextTry(host?.unreachableSince ?? at) },
    });
  });
}

function tell(
  tx: WriteDb,
  host: Comparison['host'],
  event: 'drift.found' | 'drift.gone',
  path: string,
  subjectId: string,
  detail: Prisma.InputJsonObject,
): Promise<void> {
  return writeAudit(tx, {
    event,
    teamIds: [host.teamId],
    actorId: null,
    actorLabel: 'dashboard',
    address: 'dashboard',
    requestId: host.id,
    subject: `${path} on ${host.name}`,
    subjectId,
    detail: { ...detail, host: host.name, path },
  });
}
