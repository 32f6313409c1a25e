import 'server-only';
import type { z } from 'zod';
import type { PersonDetail } from '#api/contract/people';
import { Role } from '#core/access/roles';
import type { Prisma } from '../../../generated/prisma/client';

/** Loads what `describePerson` shows. */
export const personInclude = {
  members: {
    select: { role: true, team: { select: { id: true, slug: true, name: true } } },
    orderBy: { createdAt: 'asc' },
  },
} as const satisfies Prisma.UserInclude;

type Row = Prisma.UserGetPayload<{ include: typeof personInclude }>;

/** A person as administrators see them: no password, session or key. */
export const describePerson = (row: Row): z.input<typeof PersonDetail> => ({
  id: row.id,
  name: row.name,
  email: row.email,
  administrator: row.administrator,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  teams: row.members.map(({ role, team }) => ({ ...team, role: Role.parse(role) })),
});
