import 'server-only';
import type { Scopes } from '#core/access/scopes';
import { hashToken, newApiToken, tokenPrefix } from '../../door/api-token';
import type { WriteDb } from '../../platform/database/db';
import { tokenInclude } from './describe-token';

/** Stores a new token's hash and returns the token itself, once. */
export async function insertToken(
  tx: WriteDb,
  wanted: { teamId: string; userId: string; name: string; scopes: Scopes; expiresAt: Date | null },
) {
  const token = newApiToken();
  const { scopes, ...owner } = wanted;
  const row = await tx.apiToken.create({
    data: {
      ...owner,
      ...(scopes && { scopes: [...scopes] }),
      tokenHash: hashToken(token),
      prefix: tokenPrefix(token),
    },
    include: tokenInclude,
  });
  return { row, token };
}
