import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeLink, describeShare, shareInclude } from './describe-share';
import { findList } from './find-list';

/** The teams that a list is shared with, and the links that still open it. */
export const listShares: Handler<typeof contract.lists.listShares> = async ({ db, params }) => {
  const { id } = await findList(db, params.id);
  const [shares, links] = await Promise.all([
    db.listShare.findMany({ where: { listId: id }, include: shareInclude, orderBy: { createdAt: 'asc' } }),
    db.listLink.findMany({
      where: { listId: id, revokedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { createdAt: 'asc' },
    }),
  ]);
  return { teams: shares.map(describeShare), links: links.map(describeLink) };
};
