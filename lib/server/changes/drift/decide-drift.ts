import 'server-only';
import type { DriftDecision } from '#api/contract/drift';
import type { contract } from '#api/contract/index';
import type { Context } from '../../door/context';
import type { Handler } from '../../door/route';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { describeDrift, findDrift } from './describe-drift';

/** @throws AppError `stale` when the path is no longer what the person saw */
export function assertSeen(row: { print: string; path: string }, print: string): void {
  if (row.print === print) return;
  throw new AppError('stale', `${row.path} has changed again since you looked.`, {
    hint: 'Reload, look at what is there now and decide about that.',
  });
}

type Deciding = Context<typeof contract.drift.ignore> | Context<typeof contract.drift.accept>;

function decide(context: Deciding, kind: DriftDecision) {
  const { params, body, actor } = context;
  return context.change(async (tx: WriteDb) => {
    const row = await findDrift(tx, params.id);
    assertSeen(row, body.print);
    const decided = { decision: kind, reason: body.reason, decidedById: actor.id, decidedAt: new Date() };
    await tx.driftFile.update({ where: { id: row.id }, data: decided });
    const [value] = await describeDrift(tx, [await findDrift(tx, params.id)]);
    if (!value) throw new Error('a drift file vanished inside its own transaction');
    return { value, audit: { ...about(row), detail: { reason: body.reason, print: row.print } } };
  });
}

const about = (row: Awaited<ReturnType<typeof findDrift>>) => ({
  subject: `${row.path} on ${row.target.host.name}`,
  subjectId: row.id,
});

/** Leaves a file out of the inbox until it changes again. */
export const ignoreDrift: Handler<typeof contract.drift.ignore> = (context) => decide(context, 'ignored');

/** Says that a file should be as it is on the host. An apply of its site still replaces it, and its plan says so. */
export const acceptDrift: Handler<typeof contract.drift.accept> = (context) => decide(context, 'accepted');

/** Takes the decision back: the file is in the inbox again. */
export const reopenDrift: Handler<typeof contract.drift.reopen> = ({ params, change }) =>
  change(async (tx) => {
    const row = await findDrift(tx, params.id);
    const open = { decision: null, reason: '', decidedById: null, decidedAt: null };
    await tx.driftFile.update({ where: { id: row.id }, data: open });
    const [value] = await describeDrift(tx, [await findDrift(tx, params.id)]);
    if (!value) throw new Error('a drift file vanished inside its own transaction');
    return { value, audit: { ...about(row), detail: { before: row.decision } } };
  });
