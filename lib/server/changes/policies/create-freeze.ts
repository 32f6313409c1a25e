import 'server-only';
import type { contract } from '#api/contract/index';
import { describeFreeze, freezeInclude } from '../../door/controls/describe-policies';
import type { Handler } from '../../door/route';
import { fieldProblem } from '../../platform/errors/field-problem';

/** A time in which nothing is applied. Applies under way when it begins go on. */
export const createFreeze: Handler<typeof contract.freezes.create> = ({ body, team, actor, change }) => {
  const startsAt = new Date(body.startsAt);
  const endsAt = new Date(body.endsAt);
  if (endsAt <= new Date()) throw fieldProblem('freeze.over', ['endsAt'], 'must be in the future');
  return change(async (tx) => {
    const { groupId, reason } = body;
    const group = groupId === null ? null : await tx.hostGroup.findUnique({ where: { id: groupId } });
    if (groupId !== null && !group)
      throw fieldProblem('freeze.no-group', ['groupId'], 'is no host group of this team');
    const row = await tx.freezeWindow.create({
      data: { teamId: team.id, groupId, startsAt, endsAt, reason, createdById: actor.id },
      include: freezeInclude,
    });
    return {
      value: describeFreeze(row, actor.name),
      audit: {
        subject: `freeze of ${group ? group.name : 'all hosts'}`,
        subjectId: row.id,
        detail: { startsAt: body.startsAt, endsAt: body.endsAt, reason },
      },
    };
  });
};
