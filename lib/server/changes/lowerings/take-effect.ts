import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { Lowering as Row } from '../../../generated/prisma/client';
import { writeAudit } from '../../door/audit';
import type { TeamRef } from '../../door/context';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { storedWords } from './find-lowering';
import { runLowering, storedInput } from './run-lowering';
import { tellOfLowering } from './tell-of-lowering';

interface Deciding {
  readonly team: TeamRef;
  /** Another admin; `null`: its time came. */
  readonly by: { readonly id: string; readonly name: string } | null;
  readonly address: string;
  readonly requestId: string;
}

/**
 * Makes a change that was asked for, on the account of who asked, with its own line in the record.
 *
 * @throws AppError `stale` where it would no longer lower what people were told
 */
export async function takeEffect(tx: WriteDb, row: Row, { team, by, address, requestId }: Deciding) {
  const asker = await tx.member.findFirst({
    where: { userId: row.askedById ?? '', role: 'admin', user: { disabledAt: null } },
    select: { user: { select: { id: true, name: true, email: true } } },
  });
  if (!asker)
    throw new AppError('stale', 'Who asked for it is no admin of the team now.', {
      hint: 'Call it off, and ask for it yourself if it is wanted.',
    });
  const lowers = storedWords(row.lowers);
  const done = await runLowering(tx, storedInput(row.input), { team, actor: asker.user });
  if (!isDeepStrictEqual(done.lowers, lowers))
    throw new AppError('stale', 'It would lower something else now than when it was asked for.', {
      hint: 'Call it off, and ask for it once more.',
    });
  await writeAudit(tx, {
    ...done.audit,
    event: done.event,
    teamIds: [team.id],
    actorId: asker.user.id,
    actorLabel: asker.user.email,
    address,
    requestId,
  });
  await tx.lowering.update({
    where: { id: row.id },
    data: { endedAt: new Date(), outcome: 'done', decidedById: by?.id ?? null },
  });
  await tellOfLowering(tx, 'done', { teamId: team.id, lowers, dueAt: row.dueAt }, by?.name ?? null);
  return lowers;
}
