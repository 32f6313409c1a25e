import 'server-only';
import { z } from 'zod';
import type { DriftSummary } from '#api/contract/drift';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import type { ReadDb } from '../../platform/database/db';
import { env } from '../../platform/env';
import { ofLiveHosts } from './describe-drift';
import { isLookedAt } from './drift-jobs';

const LastError = z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() });

/** Counts, and the state of every host of the team: a fixed number of queries. */
export async function summariseDrift(db: ReadDb): Promise<z.input<typeof DriftSummary>> {
  const [hosts, files, drift] = await Promise.all([
    db.host.findMany({
      where: { archivedAt: null, targets: { some: {} } },
      select: {
        id: true,
        name: true,
        driftCheckedAt: true,
        driftDueAt: true,
        unreachableSince: true,
        lastError: true,
        targets: { select: { id: true } },
      },
      orderBy: { name: 'asc' },
    }),
    db.appliedFile.groupBy({ by: ['targetId'], _count: true }),
    db.driftFile.groupBy({ by: ['targetId', 'decision'], where: ofLiveHosts, _count: true }),
  ]);
  const hostOf = new Map(hosts.flatMap(({ id, targets }) => targets.map((target) => [target.id, id])));
  const sum = (rows: readonly { targetId: string; _count: number }[], hostId: string) =>
    rows.reduce((total, row) => total + (hostOf.get(row.targetId) === hostId ? row._count : 0), 0);
  const open = drift.filter(({ decision }) => decision === null);
  const decided = drift.filter(({ decision }) => decision !== null);
  const count = (decision: string) =>
    drift.reduce((total, row) => total + (row.decision === decision ? row._count : 0), 0);
  return {
    open: open.reduce((total, row) => total + row._count, 0),
    ignored: count('ignored'),
    accepted: count('accepted'),
    unreachable: hosts.filter(({ unreachableSince }) => unreachableSince !== null).length,
    intervalMinutes: env().driftMinutes,
    hosts: hosts.map((host) => ({
      id: host.id,
      name: host.name,
      checkedAt: host.driftCheckedAt?.toISOString() ?? null,
      dueAt: env().driftMinutes === 0 ? null : (host.driftDueAt?.toISOString() ?? null),
      unreachableSince: host.unreachableSince?.toISOString() ?? null,
      error: host.unreachableSince === null ? null : LastError.nullable().parse(host.lastError),
      checking: isLookedAt(host.id),
      files: sum(files, host.id),
      open: sum(open, host.id),
      decided: sum(decided, host.id),
    })),
  };
}

/** The summary for the screens. */
export const getDriftSummary: Handler<typeof contract.drift.summary> = ({ db }) => summariseDrift(db);
