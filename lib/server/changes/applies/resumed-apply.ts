import 'server-only';
import { mayResume } from '#core/plan/may-resume';
import type { WriteDb } from '../../platform/database/db';
import { AppError, notFound } from '../../platform/errors/app-error';
import { endingsOf } from './apply-view';

/**
 * The apply of a plan that was cut short and is to be taken up, with the ids of the targets that it did change.
 *
 * @throws AppError `not-found`; `conflict` where it ended by itself, goes on, or was taken up before
 */
export async function resumedApply(
  tx: WriteDb,
  planId: string,
  id: string,
): Promise<{ readonly id: string; readonly done: ReadonlySet<string> }> {
  const applies = await tx.apply.findMany({
    where: { planId },
    include: { targets: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  const [newest] = applies;
  const apply = applies.find((each) => each.id === id);
  if (!apply || !newest) throw notFound('apply');
  if (newest.id !== id || !mayResume(endingsOf(apply.targets)))
    throw new AppError('conflict', 'This apply was not cut short, or somebody has taken it up already.', {
      hint: 'Make a new plan.',
    });
  const done = apply.targets.filter(({ status }) => status === 'succeeded');
  return { id, done: new Set(done.map(({ targetId }) => targetId)) };
}
