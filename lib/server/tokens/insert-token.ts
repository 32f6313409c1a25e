import 'server-only';
import type { WriteDb } from '../db';
import { hashToken, newApiToken, tokenPrefix } from './api-token';

/** Stores a new token's hash and returns the token itself, once. */
export async function insertToken(
  tx: WriteDb,
  owner: { teamId: string; userId: string; name: string; expiresAt: Date | null },
) {
  const token = newApiToken();
  const row = await tx.apiToken.create({
    data: { ...owner, tokenHash: hashToken(token), prefix: tokenPrefix(token) },
  });
  return { row, token };
}
