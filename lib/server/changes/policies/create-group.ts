import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import type { Handler } from '../../door/route';
import { assertGroup, fillGroup, groupFacts } from './save-group';

/** Puts hosts under one policy. */
export const createGroup: Handler<typeof contract.groups.create> = ({ body, team, change }) =>
  change(async (tx) => {
    await assertGroup(tx, body, null);
    const { name, description, approvalsNeeded, restricted } = body;
    const { id } = await tx.hostGroup.create({
      data: { teamId: team.id, name, description, approvalsNeeded, restricted },
    });
    const value = await fillGroup(tx, id, body);
    return {
      value,
      audit: {
        subject: `host group ${name}`,
        subjectId: id,
        detail: fieldsDetail({}, groupFacts(value)),
      },
    };
  });
