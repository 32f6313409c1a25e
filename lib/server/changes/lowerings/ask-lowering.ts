import 'server-only';
import type { contract } from '#api/contract/index';
import type { LoweringInput } from '#api/contract/lowerings';
import type { Handler } from '../../door/route';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { describeLowerings } from './find-lowering';
import { runLowering } from './run-lowering';
import { tellOfLowering } from './tell-of-lowering';

const hourMs = 3_600_000;
/** For how long everybody may see and call off what nobody else can confirm. */
export const delayHours = 24;

/** Thrown to take back a change that was only tried. */
class Rehearsed extends Error {
  constructor(readonly lowers: string[]) {
    super('taken back');
  }
}

/** When it takes effect by itself: `null` where somebody else can confirm it, who is neither the one who asks nor the one whom it takes rights from. */
async function dueAt(tx: WriteDb, input: LoweringInput, askedById: string): Promise<Date | null> {
  const concerned = 'id' in input ? [askedById, input.id] : [askedById];
  const others = await tx.member.count({
    where: { role: 'admin', userId: { notIn: concerned }, user: { disabledAt: null } },
  });
  return others > 0 ? null : new Date(Date.now() + delayHours * hourMs);
}

/** Asks for a change that lowers a control. It is tried and taken back, so that what waits is what would happen. */
export const askLowering: Handler<typeof contract.lowerings.ask> = async ({ body, team, actor, change }) => {
  const lowers = await change<string[]>(async (tx) => {
    throw new Rehearsed((await runLowering(tx, body, { team, actor })).lowers);
  }).catch((error: unknown): string[] => {
    if (error instanceof Rehearsed) return error.lowers;
    throw error;
  });
  if (lowers.length === 0)
    throw new AppError('conflict', 'This lowers no control.', { hint: 'Make the change itself.' });
  return change(async (tx) => {
    const same = await tx.lowering.findFirst({
      where: { endedAt: null, operation: body.operation, input: { equals: body } },
    });
    if (same) throw new AppError('conflict', 'The same was asked for already, and waits.');
    const row = await tx.lowering.create({
      data: {
        teamId: team.id,
        operation: body.operation,
        input: body,
        lowers,
        askedById: actor.id,
        dueAt: await dueAt(tx, body, actor.id),
      },
    });
    await tellOfLowering(tx, 'asked', { teamId: team.id, lowers, dueAt: row.dueAt }, actor.name);
    const [value] = await describeLowerings(tx, [row]);
    if (!value) throw new Error('one row describes one lowering');
    return {
      value,
      audit: {
        subject: lowers.join('; ').slice(0, 300),
        subjectId: row.id,
        detail: { operation: body.operation, lowers, dueAt: value.dueAt },
      },
    };
  });
};
