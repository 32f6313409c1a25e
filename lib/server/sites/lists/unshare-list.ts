import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { shareInclude } from './describe-share';
import { findList } from './find-list';

/** Every call of the other team reads the share again, so it ends at once. */
export const unshareList: Handler<typeof contract.lists.unshare> = ({ params, change }) =>
  change(async (tx) => {
    const list = await findList(tx, params.id);
    const share = await tx.listShare.findFirst({
      where: { id: params.share, listId: list.id },
      include: shareInclude,
    });
    if (!share) throw notFound('share');
    await tx.listShare.deleteMany({ where: { id: share.id } });
    const subject = `list ${list.name} with the team ${share.team.name}`;
    return { value: undefined, audit: { subject, subjectId: list.id, detail: { team: share.team.slug } } };
  });
