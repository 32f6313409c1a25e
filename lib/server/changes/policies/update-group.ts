import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import { describeGroup, groupInclude } from '../../door/controls/describe-policies';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { assertGroup, fillGroup, groupFacts } from './save-group';

/** Changes a group, its hosts and its operators. Holds from the next apply on. */
export const updateGroup: Handler<typeof contract.groups.update> = ({ params, body, change }) =>
  change(async (tx) => {
    const row = await tx.hostGroup.findUnique({ where: { id: params.id }, include: groupInclude });
    if (!row) throw notFound('host group');
    await assertGroup(tx, body, row.id);
    const { name, description, approvalsNeeded, restricted } = body;
    await tx.hostGroup.update({
      where: { id: row.id },
      data: { name, description, approvalsNeeded, restricted },
    });
    const value = await fillGroup(tx, row.id, body);
    const detail = fieldsDetail(groupFacts(describeGroup(row)), groupFacts(value));
    return { value, audit: { subject: `host group ${name}`, subjectId: row.id, detail } };
  });
