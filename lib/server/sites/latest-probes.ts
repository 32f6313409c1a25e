import 'server-only';
import { z } from 'zod';
import type { HealthStatus } from '#api/contract/sites';
import { ProbeKind, ProbeOutcome } from '#core/probe/probe-outcome';
import { Prisma, type ProbeResult } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';

/** One outcome of a probe, as far as anybody asks for it. */
export type SeenProbe = Pick<
  ProbeResult,
  'siteId' | 'targetId' | 'phase' | 'kind' | 'status' | 'message' | 'detail' | 'durationMs' | 'at'
> & { readonly applyId: string | null };

/**
 * Every outcome of the newest look at each target, for many sites of a team in one query, and of certificates the newest, which are looked at more often.
 * What an earlier look asked and the newest did not is no news of the site. Those from before an apply do not count.
 */
export async function latestProbes(teamId: string, siteIds: readonly string[]): Promise<SeenProbe[]> {
  if (siteIds.length === 0) return [];
  const counts = Prisma.sql`IN ('after', 'scheduled')`;
  const rows = await readRows<SeenProbe>(
    teamId,
    Prisma.sql`
    SELECT r."siteId", r."targetId", r."phase", r."kind", r."status", r."message", r."detail", r."durationMs", r."at",
      (SELECT a."applyId" FROM "ApplyTarget" a WHERE a."id" = r."applyTargetId") AS "applyId"
    FROM (
      SELECT p."siteId", p."targetId", p."kind", max(p."at") AS "at" FROM "ProbeResult" p
      WHERE p."siteId" IN (${Prisma.join([...siteIds])}) AND p."phase" ${counts}
      GROUP BY p."siteId", p."targetId", p."kind"
    ) n
    JOIN "ProbeResult" r ON r."siteId" = n."siteId" AND r."targetId" = n."targetId" AND r."kind" = n."kind"
      AND r."phase" ${counts} AND r."at" = n."at"
    JOIN "Target" t ON t."id" = r."targetId"
    JOIN "Host" h ON h."id" = t."hostId" AND h."archivedAt" IS NULL
    ORDER BY r."id"`,
  );
  const key = ({ siteId, targetId }: SeenProbe) => `${siteId} ${targetId}`;
  const newest = new Map<string, number>();
  for (const row of rows) {
    if (row.kind !== ProbeKind.enum.certificate)
      newest.set(key(row), Math.max(newest.get(key(row)) ?? 0, row.at.getTime()));
  }
  return rows.filter(
    (row) => row.kind === ProbeKind.enum.certificate || row.at.getTime() === newest.get(key(row)),
  );
}

/** What it means for a site that so many probes looked and so many of them failed. */
export function healthOfCounts(looked: number, failed: number): HealthStatus {
  if (looked === 0) return 'unknown';
  if (failed === 0) return 'healthy';
  return failed === looked ? 'unreachable' : 'degraded';
}

/** What the latest probes say of a site as a whole. Skipped ones say nothing. */
export function healthOf(probes: readonly Pick<ProbeResult, 'status'>[]): HealthStatus {
  const looked = probes.filter(({ status }) => status !== 'skipped');
  return healthOfCounts(looked.length, looked.filter(({ status }) => status === 'failed').length);
}

const Detail = ProbeOutcome.shape.detail;
const Moment = z.iso.datetime();

/** When the first of the certificates seen runs out. */
export function certificateExpiry(
  probes: readonly { readonly kind: string; readonly detail: unknown }[],
): string | null {
  const times = probes
    .filter(({ kind, detail }) => kind === ProbeKind.enum.certificate && detail !== null)
    .map(({ detail }) => Moment.safeParse(Detail.safeParse(detail).data?.expiresAt).data)
    .filter((time) => time !== undefined);
  return times.sort()[0] ?? null;
}
