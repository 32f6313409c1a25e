import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { findLowering, storedWords } from './find-lowering';
import { tellOfLowering } from './tell-of-lowering';

/** Any admin calls it off; all controls stay as they are. */
export const cancelLowering: Handler<typeof contract.lowerings.cancel> = ({ params, team, actor, change }) =>
  change(async (tx) => {
    const row = await findLowering(tx, params.id);
    const lowers = storedWords(row.lowers);
    await tx.lowering.update({
      where: { id: row.id },
      data: { endedAt: new Date(), outcome: 'cancelled', decidedById: actor.id },
    });
    await tellOfLowering(tx, 'cancelled', { teamId: team.id, lowers, dueAt: row.dueAt }, actor.name);
    return {
      value: undefined,
      audit: { subject: lowers.join('; ').slice(0, 300), subjectId: row.id, detail: { lowers } },
    };
  });
