import 'server-only';
import type { z } from 'zod';
import type { HostGroupInput } from '#api/contract/policies';
import { describeGroup, groupInclude } from '../../door/controls/describe-policies';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { fieldProblem } from '../../platform/errors/field-problem';

type Input = z.output<typeof HostGroupInput>;

/** What a group is, in words that outlast the things they name. */
export const groupFacts = ({ hosts, operators, ...group }: ReturnType<typeof describeGroup>) => ({
  name: group.name,
  description: group.description,
  approvalsNeeded: group.approvalsNeeded,
  restricted: group.restricted,
  hosts: hosts.map(({ name }) => name).join(', '),
  operators: operators
    .map(({ email }) => email)
    .sort()
    .join(', '),
});

/** Checks what a group refers to: hosts and members of the team, and a name that is free. */
export async function assertGroup(tx: WriteDb, body: Input, id: string | null): Promise<void> {
  const taken = await tx.hostGroup.findFirst({
    where: { name: body.name, ...(id === null ? {} : { NOT: { id } }) },
  });
  if (taken) throw new AppError('conflict', `There is a host group ${body.name} already.`);
  const hosts = await tx.host.findMany({ where: { id: { in: body.hostIds }, archivedAt: null } });
  const ours = new Set(hosts.map((host) => host.id));
  const stranger = body.hostIds.findIndex((hostId) => !ours.has(hostId));
  if (stranger >= 0) throw fieldProblem('group.no-host', ['hostIds', stranger], 'is not a host of this team');
  const members = await tx.member.findMany({ where: { userId: { in: body.operatorIds } } });
  const people = new Set(members.map(({ userId }) => userId));
  const nobody = body.operatorIds.findIndex((userId) => !people.has(userId));
  if (nobody >= 0)
    throw fieldProblem('group.no-member', ['operatorIds', nobody], 'is not a member of this team');
}

/** Gives a group exactly these hosts and operators. A host belongs to one group: it leaves the one it was in. */
export async function fillGroup(tx: WriteDb, id: string, body: Input) {
  await tx.host.updateMany({ where: { groupId: id, id: { notIn: body.hostIds } }, data: { groupId: null } });
  await tx.host.updateMany({ where: { id: { in: body.hostIds } }, data: { groupId: id } });
  await tx.hostGroupOperator.deleteMany({ where: { groupId: id, userId: { notIn: body.operatorIds } } });
  const kept = await tx.hostGroupOperator.findMany({ where: { groupId: id } });
  for (const userId of new Set(body.operatorIds)) {
    if (!kept.some((each) => each.userId === userId))
      await tx.hostGroupOperator.create({ data: { groupId: id, userId } });
  }
  return describeGroup(await tx.hostGroup.findUniqueOrThrow({ where: { id }, include: groupInclude }));
}
