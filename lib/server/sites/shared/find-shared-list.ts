import 'server-only';
import type { z } from 'zod';
import type { SharedList } from '#api/contract/shared-lists';
import { ShareLevel } from '#api/contract/sharing';
import type { Prisma } from '../../../generated/prisma/client';
import { db } from '../../platform/database/db';
import { notFound } from '../../platform/errors/app-error';

const include = {
  list: {
    include: {
      team: { select: { id: true, slug: true, name: true } },
      _count: { select: { sites: true } },
    },
  },
} as const satisfies Prisma.ListShareInclude;
type Row = Prisma.ListShareGetPayload<{ include: typeof include }>;

/** Only what the other team needs to know of it. */
export const describeSharedList = ({ list, level }: Row): z.input<typeof SharedList> => ({
  id: list.id,
  name: list.name,
  description: list.description,
  owner: list.team.name,
  level: ShareLevel.parse(level),
  sites: list._count.sites,
});

/** Every list that is shared with a team. */
export const sharedLists = (teamId: string): Promise<Row[]> =>
  db().listShare.findMany({ where: { teamId }, include, orderBy: { list: { name: 'asc' } } });

/**
 * A list of another team that is shared with this one. Lists are looked up through the share and nothing else: without one they do not exist.
 *
 * @throws AppError `not-found`
 */
export async function findSharedList(teamId: string, listId: string): Promise<Row> {
  const row = await db().listShare.findUnique({ where: { listId_teamId: { listId, teamId } }, include });
  if (!row) throw notFound('list');
  return row;
}
