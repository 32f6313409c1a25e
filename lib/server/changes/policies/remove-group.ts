import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import { describeGroup, groupInclude } from '../../door/controls/describe-policies';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { groupFacts } from './save-group';

/** Deletes a group and its freezes. Its hosts stay, under the team's own policy. */
export const removeGroup: Handler<typeof contract.groups.remove> = ({ params, change }) =>
  change(async (tx) => {
    const row = await tx.hostGroup.findUnique({ where: { id: params.id }, include: groupInclude });
    if (!row) throw notFound('host group');
    await tx.hostGroup.delete({ where: { id: row.id } });
    const detail = fieldsDetail(groupFacts(describeGroup(row)), {});
    return { value: undefined, audit: { subject: `host group ${row.name}`, subjectId: row.id, detail } };
  });
