import 'server-only';
import type { applies } from '#api/contract/applies';
import type { Context } from '../../door/context';
import { AppError, notFound } from '../../platform/errors/app-error';
import { applyChanged, onApplyChanged } from './apply-bus';
import { applySubject, withSiteNames } from './apply-subject';
import { applyInclude, applyView } from './apply-view';
import type { Decision } from './await-decision';

type DecidingContext = Context<typeof applies.confirm> | Context<typeof applies.rollback>;

/** The answer waits this long for the host to have acted on the decision. */
const patienceMs = 30_000;

/** Writes down what a person decided about an apply on trial; the waiting process acts on it. The first word counts. */
export async function decideApply(context: DecidingContext, decision: Decision) {
  const { db, params, actor } = context;
  await context.change(async (tx) => {
    const row = await tx.apply.findUnique({ where: { id: params.id }, include: withSiteNames });
    if (!row) throw notFound('apply');
    if (row.status !== 'holding' || row.decision !== null) throw notOnTrial(row.status);
    await tx.apply.update({
      where: { id: row.id },
      data: { decision, decidedById: actor.id, decidedAt: new Date() },
    });
    return {
      value: undefined,
      audit: { subject: applySubject(row), subjectId: row.id, detail: { decision } },
    };
  });
  const read = () => db.apply.findUniqueOrThrow({ where: { id: params.id }, include: applyInclude });
  const acted = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    const off = onApplyChanged(params.id, () => {
      void read().then((row) => {
        if (row.finishedAt === null) return;
        clearTimeout(timer);
        off();
        resolve();
      }, resolve);
    });
    context.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  applyChanged(params.id);
  await acted;
  return applyView(await read());
}

const notOnTrial = (status: string) =>
  new AppError('conflict', 'This apply is no longer on trial.', {
    hint:
      status === 'running'
        ? 'It is still at work: wait for its checks.'
        : 'Reload the page to see how it ended.',
  });
