import 'server-only';
import type { contract } from '#api/contract/index';
import { freezeInclude } from '../../door/controls/describe-policies';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';

/** Ends a freeze, or calls it off before it begins. */
export const removeFreeze: Handler<typeof contract.freezes.remove> = ({ params, change }) =>
  change(async (tx) => {
    const row = await tx.freezeWindow.findUnique({ where: { id: params.id }, include: freezeInclude });
    if (!row) throw notFound('freeze');
    await tx.freezeWindow.delete({ where: { id: row.id } });
    return {
      value: undefined,
      audit: {
        subject: `freeze of ${row.group ? row.group.name : 'all hosts'}`,
        subjectId: row.id,
        detail: {
          startsAt: row.startsAt.toISOString(),
          endsAt: row.endsAt.toISOString(),
          reason: row.reason,
        },
      },
    };
  });
