import 'server-only';
import type { z } from 'zod';
import { DriftDecision, type DriftFile } from '#api/contract/drift';
import { Change } from '#core/change/change';
import { DriftState } from '#core/plan/drift-state';
import { ServerKind } from '#core/web-server/render-target';
import type { Prisma } from '../../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';

/** What `describeDrift` has to be given. The text is read only for one file at a time. */
export const driftInclude = {
  omit: { content: true },
  include: { decidedBy: true, target: { include: { host: true } } },
} as const;
type Row = Prisma.DriftFileGetPayload<typeof driftInclude>;

/** Only of hosts that are still there. */
export const ofLiveHosts = {
  target: { host: { archivedAt: null } },
} as const satisfies Prisma.DriftFileWhereInput;

/** Drift files for the screens: a fixed number of queries, however many there are. */
export async function describeDrift(
  db: ReadDb | WriteDb,
  rows: readonly Row[],
): Promise<z.input<typeof DriftFile>[]> {
  const ids = [...new Set(rows.flatMap(({ siteId }) => siteId ?? []))];
  const sites = await db.site.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return rows.map((row) => ({
    id: row.id,
    hostId: row.target.hostId,
    hostName: row.target.host.name,
    targetId: row.targetId,
    server: ServerKind.parse(row.target.server),
    path: row.path,
    role: row.role === null ? null : Change.shape.role.parse(row.role),
    site: sites.find(({ id }) => id === row.siteId) ?? null,
    state: DriftState.parse(row.state),
    print: row.print,
    firstSeenAt: row.firstSeenAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    decision:
      row.decision === null
        ? null
        : {
            kind: DriftDecision.parse(row.decision),
            reason: row.reason,
            by: row.decidedBy && {
              id: row.decidedBy.id,
              name: row.decidedBy.name,
              email: row.decidedBy.email,
            },
            at: (row.decidedAt ?? row.changedAt).toISOString(),
          },
  }));
}

/** One drift file of the team whose client is given. @throws AppError `not-found` */
export async function findDrift(db: ReadDb | WriteDb, id: string) {
  const row = await db.driftFile.findFirst({ where: { id, ...ofLiveHosts }, ...driftInclude });
  if (!row) throw notFound('drift');
  return row;
}
