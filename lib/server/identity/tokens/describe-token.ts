import 'server-only';
import { readScopes } from '#core/access/scopes';
import type { Prisma } from '../../../generated/prisma/client';

export const tokenInclude = {
  user: { select: { id: true, name: true, email: true } },
} as const satisfies Prisma.ApiTokenInclude;

/** A token as its owner and the team’s admins see it in a list. */
export const describeToken = (row: Prisma.ApiTokenGetPayload<{ include: typeof tokenInclude }>) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: readScopes(row.scopes)?.slice() ?? null,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  owner: row.user,
});
