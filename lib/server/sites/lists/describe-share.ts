import 'server-only';
import type { z } from 'zod';
import { type ListLink, type ListShare, ShareLevel } from '#api/contract/sharing';
import type { ListLink as LinkRow, Prisma } from '../../../generated/prisma/client';

/** What `describeShare` has to be given. */
export const shareInclude = {
  team: { select: { slug: true, name: true } },
} as const satisfies Prisma.ListShareInclude;
type ShareRow = Prisma.ListShareGetPayload<{ include: typeof shareInclude }>;

export const describeShare = (row: ShareRow): z.input<typeof ListShare> => ({
  id: row.id,
  team: row.team,
  level: ShareLevel.parse(row.level),
  createdAt: row.createdAt.toISOString(),
});

export const describeLink = (row: LinkRow): z.input<typeof ListLink> => ({
  id: row.id,
  prefix: row.prefix,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
