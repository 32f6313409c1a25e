import 'server-only';
import type { ApiToken } from '../../generated/prisma/client';

/** A token as its owner sees it in a list. */
export const describeToken = (row: ApiToken) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
