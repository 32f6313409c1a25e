import 'server-only';
import { z } from 'zod';
import type { HealthStatus } from '#api/contract/sites';
import { ProbeKind, ProbeOutcome } from '#core/probe/probe-outcome';
import type { ProbeResult } from '../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../db';

/** The newest outcome of each probe of each target, for many sites in two queries. Those from before an apply do not count. */
export async function latestProbes(db: ReadDb | WriteDb, siteIds: readonly string[]): Promise<ProbeResult[]> {
  const where = { siteId: { in: [...siteIds] }, phase: { in: ['after', 'scheduled'] } };
  const newest = await db.probeResult.groupBy({
    by: ['siteId', 'targetId', 'kind'],
    where: { ...where, target: { host: { archivedAt: null } } },
    _max: { at: true },
  });
  const keyOf = (row: { siteId: string; targetId: string; kind: string }, at: Date | null) =>
    `${row.siteId} ${row.targetId} ${row.kind} ${at?.getTime()}`;
  const wanted = new Set(newest.map((row) => keyOf(row, row._max.at)));
  const moments = [...new Set(newest.map((row) => row._max.at?.getTime() ?? 0))];
  const rows = await db.probeResult.findMany({
    where: { ...where, at: { in: moments.map((time) => new Date(time)) } },
    orderBy: { id: 'asc' },
  });
  return rows.filter((row) => wanted.delete(keyOf(row, row.at)));
}

/** What the latest probes say of a site as a whole. Skipped ones say nothing. */
export function healthOf(probes: readonly Pick<ProbeResult, 'status'>[]): HealthStatus {
  const looked = probes.filter(({ status }) => status !== 'skipped');
  const failed = looked.filter(({ status }) => status === 'failed').length;
  if (looked.length === 0) return 'unknown';
  if (failed === 0) return 'healthy';
  return failed === looked.length ? 'unreachable' : 'degraded';
}

const Detail = ProbeOutcome.shape.detail;

/** When the first of the certificates seen runs out. */
export function certificateExpiry(probes: readonly ProbeResult[]): string | null {
  const times = probes
    .filter(({ kind }) => kind === ProbeKind.enum.certificate)
    .map(({ detail }) => z.iso.datetime().safeParse(Detail.safeParse(detail).data?.expiresAt).data)
    .filter((time) => time !== undefined);
  return times.sort()[0] ?? null;
}
