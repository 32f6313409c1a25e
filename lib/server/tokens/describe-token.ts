import 'server-only';
import { readScopes } from '#core/access/scopes';
import type { ApiToken } from '../../generated/prisma/client';

/** A token as its owner sees it in a list. */
export const describeToken = (row: ApiToken) => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  scopes: readScopes(row.scopes)?.slice() ?? null,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
