import 'server-only';
import type { WriteDb } from '../platform/database/db';

/**
 * Says where a site should run from now on. Where it runs but no longer should, the row stays, marked, until an apply has taken the
 * files away.
 */
export async function placeSite(tx: WriteDb, siteId: string, targetIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(targetIds)];
  await tx.siteTarget.deleteMany({ where: { siteId, targetId: { notIn: wanted }, appliedRevision: null } });
  await tx.siteTarget.updateMany({
    where: { siteId, targetId: { notIn: wanted } },
    data: { removing: true },
  });
  await tx.siteTarget.updateMany({ where: { siteId, targetId: { in: wanted } }, data: { removing: false } });
  const there = await tx.siteTarget.findMany({ where: { siteId }, select: { targetId: true } });
  const placed = new Set(there.map(({ targetId }) => targetId));
  const missing = wanted.filter((id) => !placed.has(id));
  if (missing.length > 0)
    await tx.siteTarget.createMany({ data: missing.map((targetId) => ({ siteId, targetId })) });
}
