import 'server-only';
import { z } from 'zod';
import { ProbeKind } from '#core/probe/probe-outcome';
import { Prisma } from '../../generated/prisma/client';
import { readRows } from '../db';
import { certificateExpiry, healthOfCounts } from './latest-probes';

const Details = z.array(z.unknown());
const certificate = ProbeKind.enum.certificate;

/**
 * What the newest outcome of each probe says of each of a team's sites: the same as `healthOf` and `certificateExpiry` of `latestProbes`, counted by the
 * database, since a list of sites shows no single probe. Sites that nobody has probed are missing.
 */
export async function sitesHealth(teamId: string, siteIds: readonly string[]) {
  const rows = await readRows<{
    siteId: string;
    looked: bigint | number;
    failed: bigint | number;
    details: string;
  }>(
    teamId,
    Prisma.sql`
    SELECT n."siteId", count(CASE WHEN n."status" <> 'skipped' THEN 1 END) AS "looked", count(CASE WHEN n."status" = 'failed' THEN 1 END) AS "failed",
      json_group_array(json(n."detail")) FILTER (WHERE n."kind" = ${certificate} AND n."detail" IS NOT NULL) AS "details"
    FROM (
      SELECT p."siteId", p."targetId", p."kind", p."status", p."detail",
        row_number() OVER (PARTITION BY p."siteId", p."targetId", p."kind" ORDER BY p."at" DESC, p."id") AS "place"
      FROM "ProbeResult" p WHERE p."siteId" IN (${Prisma.join([...siteIds])}) AND p."phase" IN ('after', 'scheduled')
    ) n
    JOIN "Target" t ON t."id" = n."targetId"
    JOIN "Host" h ON h."id" = t."hostId" AND h."archivedAt" IS NULL
    WHERE n."place" = 1 GROUP BY n."siteId"`,
  );
  return new Map(
    rows.map(({ siteId, looked, failed, details }) => [
      siteId,
      {
        health: healthOfCounts(Number(looked), Number(failed)),
        certificateExpiresAt: certificateExpiry(
          Details.parse(JSON.parse(details)).map((detail) => ({ kind: certificate, detail })),
        ),
      },
    ]),
  );
}
