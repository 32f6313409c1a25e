import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError, notFound } from '../../platform/errors/app-error';
import { makePlan } from '../plans/create-plan';
import { driftInclude, ofLiveHosts } from './describe-drift';

/** Plans the sites of the chosen files on their targets, so that a person reviews what puts them back. Nothing is written. */
export const revertDrift: Handler<typeof contract.drift.revert> = async (context) => {
  const { db, body } = context;
  const ids = [...new Set(body.ids)];
  const rows = await db.driftFile.findMany({ where: { id: { in: ids }, ...ofLiveHosts }, ...driftInclude });
  if (rows.length < ids.length) throw notFound('drift');
  const stray = rows.find(({ role }) => role === null);
  if (stray) {
    throw new AppError(
      'conflict',
      `${stray.path} was not written by this dashboard, so there is nothing to put back.`,
      {
        hint: 'Remove the file by hand, or ignore it.',
      },
    );
  }
  const siteIds = new Set<string>();
  for (const { siteId, targetId, path } of rows) {
    const placed = await db.siteTarget.findFirst({
      // What sites share is part of every plan of the target.
      where: { targetId, ...(siteId === null ? { appliedRevision: { not: null } } : { siteId }) },
      orderBy: { siteId: 'asc' },
    });
    if (!placed)
      throw new AppError('conflict', `No site that runs there needs ${path} any longer.`, {
        hint: 'Ignore it, or remove the file by hand.',
      });
    siteIds.add(placed.siteId);
  }
  return makePlan(context, {
    siteIds: [...siteIds],
    targetIds: [...new Set(rows.map(({ targetId }) => targetId))],
  });
};
