import 'server-only';
import { db } from '../../platform/database/db';
import { isApplyUnderWay, startRecovery } from './apply-jobs';
import { openStatuses } from './apply-status';

/**
 * To be called once when the server starts: every apply that an earlier process left open is looked into, in the background and for as
 * long as it takes to reach its hosts.
 *
 * @returns ids of those applies
 */
export async function recoverApplies(): Promise<string[]> {
  const rows = await db().apply.findMany({
    where: { status: { in: [...openStatuses] } },
    include: { targets: { include: { target: true } } },
    orderBy: { createdAt: 'asc' },
  });
  const left = rows.filter((row) => !isApplyUnderWay(row.id));
  for (const { id, targets } of left)
    startRecovery(id, [...new Set(targets.map(({ target }) => target.hostId))]);
  return left.map(({ id }) => id);
}
