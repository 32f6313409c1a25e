import 'server-only';
import type { FreezeWindow, HostGroup, Policies } from '#api/contract/policies';
import type { Prisma } from '../../../generated/prisma/client';
import type { ReadDb, WriteDb } from '../../platform/database/db';

export const groupInclude = {
  hosts: { where: { archivedAt: null }, select: { id: true, name: true }, orderBy: { name: 'asc' } },
  operators: { include: { user: { select: { id: true, name: true, email: true } } } },
} as const satisfies Prisma.HostGroupInclude;

export const describeGroup = (
  row: Prisma.HostGroupGetPayload<{ include: typeof groupInclude }>,
): HostGroup => ({
  id: row.id,
  name: row.name,
  description: row.description,
  approvalsNeeded: row.approvalsNeeded,
  restricted: row.restricted,
  operators: row.operators.map(({ user }) => user),
  hosts: row.hosts,
});

export const freezeInclude = {
  group: { select: { id: true, name: true } },
} as const satisfies Prisma.FreezeWindowInclude;

export const describeFreeze = (
  row: Prisma.FreezeWindowGetPayload<{ include: typeof freezeInclude }>,
  createdBy: string | null,
): FreezeWindow => ({
  id: row.id,
  group: row.group,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  reason: row.reason,
  createdBy,
});

/** What an apply needs in the team. */
export async function describePolicies(db: ReadDb | WriteDb): Promise<Policies> {
  const team = await db.team.findFirstOrThrow({ select: { approvalsNeeded: true } });
  const groups = await db.hostGroup.findMany({ include: groupInclude, orderBy: { name: 'asc' } });
  const freezes = await db.freezeWindow.findMany({
    where: { endsAt: { gt: new Date() } },
    include: freezeInclude,
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  });
  const ids = freezes.flatMap(({ createdById }) => createdById ?? []);
  const people = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return {
    approvalsNeeded: team.approvalsNeeded,
    groups: groups.map(describeGroup),
    freezes: freezes.map((row) =>
      describeFreeze(row, people.find(({ id }) => id === row.createdById)?.name ?? null),
    ),
  };
}
