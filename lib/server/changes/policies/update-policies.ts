import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import { describePolicies } from '../../door/controls/describe-policies';
import type { Handler } from '../../door/route';

/** Changes how many people must have approved before anything is applied. Holds from the next apply on. */
export const updatePolicies: Handler<typeof contract.policies.update> = ({ body, team, change }) =>
  change(async (tx) => {
    const before = await tx.team.findUniqueOrThrow({
      where: { id: team.id },
      select: { approvalsNeeded: true },
    });
    await tx.team.update({ where: { id: team.id }, data: { approvalsNeeded: body.approvalsNeeded } });
    return {
      value: await describePolicies(tx),
      audit: { subject: 'approvals policy', subjectId: team.id, detail: fieldsDetail(before, body) },
    };
  });
