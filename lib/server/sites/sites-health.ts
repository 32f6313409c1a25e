import 'server-only';
import { z } from 'zod';
import { ProbeKind } from '#core/probe/probe-outcome';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../platform/database/db';
import { certificateExpiry, healthOfCounts } from './latest-probes';

const Details = z.array(z.unknown());
const certificate = ProbeKind.enum.certificate;

/**
 * What the newest look at each of a team's sites says: the same as `healthOf` and `certificateExpiry` of `latestProbes`, counted by the
 * database, since a list of sites shows no single probe. Sites that nobody has probed are missing.
 */
export async function sitesHealth(teamId: string, siteIds: readonly string[]) {
  const rows = await readRows<{
    siteId: string;
    looked: bigint | number;
    failed: bigint | number;
    details: string;
    seenAt: string | null;
    applyId: string | null;
  }>(
    teamId,
    Prisma.sql`
    SELECT n."siteId", count(CASE WHEN n."status" <> 'skipped' THEN 1 END) AS "looked", count(CASE WHEN n."status" = 'failed' THEN 1 END) AS "failed",
      json_group_array(json(n."detail")) FILTER (WHERE n."kind" = ${certificate} AND n."detail" IS NOT NULL) AS "details",
      min(n."at") AS "seenAt", (SELECT a."applyId" FROM "ApplyTarget" a WHERE a."id" = n."applyTargetId") AS "applyId"
    FROM (
      SELECT p."siteId", p."targetId", p."kind", p."status", p."detail", p."at", p."applyTargetId",
        rank() OVER (PARTITION BY p."siteId", p."targetId", p."kind" ORDER BY p."at" DESC) AS "place",
        max(CASE WHEN p."kind" <> ${certificate} THEN p."at" END) OVER (PARTITION BY p."siteId", p."targetId") AS "newest"
      FROM "ProbeResult" p WHERE p."siteId" IN (${Prisma.join([...siteIds])}) AND p."phase" IN ('after', 'scheduled')
    ) n
    JOIN "Target" t ON t."id" = n."targetId"
    JOIN "Host" h ON h."id" = t."hostId" AND h."archivedAt" IS NULL
    WHERE n."place" = 1 AND (n."kind" = ${certificate} OR n."at" = n."newest") GROUP BY n."siteId"`,
  );
  return new Map(
    rows.map(({ siteId, looked, failed, details, seenAt, applyId }) => [
      siteId,
      {
        health: healthOfCounts(Number(looked), Number(failed)),
        // SQLite takes the apply from the row with the least time: the oldest look that the verdict rests on.
        seen: seenAt === null ? null : { at: new Date(seenAt).toISOString(), applyId },
        certificateExpiresAt: certificateExpiry(
          Details.parse(JSON.parse(details)).map((detail) => ({ kind: certificate, detail })),
        ),
      },
    ]),
  );
}
