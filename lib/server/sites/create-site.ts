import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { assertSavable } from './assert-savable';
import { describeSite } from './describe-site';
import { placeSite } from './place-site';
import { siteColumns } from './site-columns';

/** Creates a site with its first revision. Nothing happens on a host before a plan is applied. */
export const createSite: Handler<typeof contract.sites.create> = ({ body, team, actor, change, etag }) => {
  const { document, targetIds, message } = body;
  return change(async (tx) => {
    await assertSavable(tx, team.id, body, null);
    const { id } = await tx.site.create({
      data: {
        ...siteColumns(document),
        teamId: team.id,
        head: 1,
        revisions: { create: { number: 1, document, message, authorId: actor.id } },
      },
    });
    await placeSite(tx, id, targetIds);
    const site = await describeSite(team.id, id);
    etag(site.head);
    return { value: site, audit: { subject: `site ${document.name}`, subjectId: id } };
  });
};
