import 'server-only';
import { AppliedDocument } from '#core/plan/applied-file';
import { ServerKind } from '#core/web-server/render-target';
import { openHost } from '../../hosts/open-host';
import type { Transport } from '../../hosts/ssh/transport';
import { db } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { TransportError } from '../../platform/errors/transport-error';
import { log } from '../../platform/log';
import { singleton } from '../../platform/singleton';
import { openStatuses } from '../applies/apply-status';
import { appliedVersion } from './applied-version';
import { keyOf, type LeftFile, readDrift } from './read-drift';
import { recordDrift, recordUnreachable } from './record-drift';

/**
 * `overtaken`: something was applied meanwhile, so what was seen says nothing. `busy`: an apply is under way there, so nobody looked.
 * `not-ready`: the host no longer exists, or nobody has trusted its key yet.
 */
export type Look = 'compared' | 'unreachable' | 'overtaken' | 'busy' | 'not-ready' | 'stopped';

/** After this long without a word the host counts as out of reach: there is nothing it has to do meanwhile but read. */
const idleTimeoutMs = 20_000;
/** A look comes again by itself, so it does not wait as long for a connection as what a person waits for. */
const connectTimeoutMs = 5_000;

const seenLines = () => singleton('drift.seen-lines', () => new Map<string, string>());

/** Compares one host with what we left there and keeps the result. Only reads on the host, and turns every outcome into data. */
export async function lookAtHost(hostId: string, signal: AbortSignal): Promise<Look> {
  const startedAt = new Date();
  const host = await db().host.findUnique({
    where: { id: hostId },
    include: { targets: { include: { appliedFiles: true, driftFiles: true } } },
  });
  if (!host || host.archivedAt !== null || (host.transport === 'ssh' && host.hostKeyFingerprint === null))
    return 'not-ready';
  const open = await db().applyTarget.findFirst({
    where: { status: { in: [...openStatuses] }, target: { hostId } },
    select: { id: true },
  });
  if (open) return 'busy';

  const left = host.targets.flatMap((target): LeftFile[] =>
    target.appliedFiles.map(({ role, siteId, document }) => ({
      targetId: target.id,
      role,
      siteId,
      document: AppliedDocument.parse(document),
    })),
  );
  const targets = new Map(
    host.targets
      .filter(({ appliedFiles }) => appliedFiles.length > 0)
      .map(({ id, server }) => [ServerKind.parse(server), id]),
  );
  const known = new Map(
    host.targets.flatMap(({ id, driftFiles }) =>
      driftFiles.map(({ path, print }) => [keyOf(id, path), print]),
    ),
  );
  let transport: Transport | null = null;
  try {
    transport = await openHost(hostId, { connectTimeoutMs });
    const found = await readDrift(
      transport,
      { targets, left, known, seenLines: seenLines() },
      {
        signal,
        idleTimeoutMs,
      },
    );
    const kept = await recordDrift({ host, startedAt, found, applied: appliedVersion(host.targets) });
    return kept ? 'compared' : 'overtaken';
  } catch (error) {
    if (signal.aborted) return 'stopped';
    if (error instanceof AppError) return 'not-ready';
    if (!(error instanceof TransportError)) throw error;
    if (error.detail.code === 'changed-while-reading') return 'overtaken';
    log().info({ host: host.name, code: error.code }, 'host cannot be compared');
    await recordUnreachable(hostId, error, startedAt);
    return 'unreachable';
  } finally {
    await transport?.close().catch(() => undefined);
  }
}
