import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { describeToken, tokenInclude } from './describe-token';

/** Tokens in this team that still work or could: the person's own, or for those who manage members everybody's. */
export const listTokens: Handler<typeof contract.tokens.list> = async ({ db, actor, query, may }) => {
  if (query.whose === 'team' && !may('members.manage'))
    throw new AppError('forbidden', 'Only admins of the team see the tokens of its members.', {
      hint: 'Ask an admin of the team.',
    });
  const rows = await db.apiToken.findMany({
    where: { revokedAt: null, ...(query.whose === 'own' ? { userId: actor.id } : {}) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    include: tokenInclude,
    take: 1000,
  });
  return { items: rows.map(describeToken) };
};
