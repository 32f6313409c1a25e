import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError, notFound } from '../platform/errors/app-error';
import { describeSite } from './describe-site';

/** Lets plans bring a site's head again to where it was undone. */
export const liftHold: Handler<typeof contract.sites.liftHold> = ({ params, team, change }) =>
  change(async (tx) => {
    const site = await tx.site.findFirst({
      where: { id: params.id, archivedAt: null },
      select: { id: true, name: true, head: true },
    });
    if (!site) throw notFound('site');
    const { count } = await tx.siteTarget.updateMany({
      where: { siteId: site.id, heldHead: { not: null } },
      data: { heldHead: null, heldByApplyId: null, heldAt: null },
    });
    if (count === 0)
      throw new AppError('conflict', `Revision ${site.head} of ${site.name} is not held back anywhere.`);
    return {
      value: await describeSite(team.id, site.id),
      audit: { subject: `site ${site.name}`, subjectId: site.id, detail: { revision: site.head } },
    };
  });
