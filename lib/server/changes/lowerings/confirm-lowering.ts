import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { findLowering } from './find-lowering';
import { takeEffect } from './take-effect';

/** A second admin agrees: it takes effect at once. */
export const confirmLowering: Handler<typeof contract.lowerings.confirm> = ({
  params,
  team,
  actor,
  address,
  requestId,
  change,
}) =>
  change(async (tx) => {
    const row = await findLowering(tx, params.id);
    if (row.askedById === actor.id)
      throw new AppError('forbidden', 'Another admin than the one who asked must confirm it.', {
        hint: 'You may call it off.',
      });
    const lowers = await takeEffect(tx, row, { team, by: actor, address, requestId });
    return {
      value: undefined,
      audit: { subject: lowers.join('; ').slice(0, 300), subjectId: row.id, detail: { lowers } },
    };
  });
