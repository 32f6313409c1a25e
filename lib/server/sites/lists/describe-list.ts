import 'server-only';
import type { z } from 'zod';
import type { List } from '#api/contract/lists';
import type { Prisma } from '../../../generated/prisma/client';

/** What `describeList` has to be given. */
export const listInclude = { _count: { select: { sites: true } } } as const satisfies Prisma.ListInclude;
type Row = Prisma.ListGetPayload<{ include: typeof listInclude }>;

export const describeList = (row: Row): z.input<typeof List> => ({
  id: row.id,
  name: row.name,
  description: row.description,
  sites: row._count.sites,
  createdAt: row.createdAt.toISOString(),
});
