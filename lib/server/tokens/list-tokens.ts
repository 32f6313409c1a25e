import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../route';
import { describeToken } from './describe-token';

/** The person's own tokens in this team that still work or could. */
export const listTokens: Handler<typeof contract.tokens.list> = async ({ db, actor }) => {
  const rows = await db.apiToken.findMany({
    where: { userId: actor.id, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  });
  return { items: rows.map(describeToken) };
};
