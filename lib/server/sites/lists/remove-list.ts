import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { AppError } from '../../platform/errors/app-error';
import { findList } from './find-list';

/** Deletes a list, and with it its shares and links. Its sites stay; the answer holds what creates it again. */
export const removeList: Handler<typeof contract.lists.remove> = ({ params, change }) =>
  change(async (tx) => {
    const { id, name, description } = await findList(tx, params.id);
    const webhooks = await tx.webhook.findMany({ where: { listId: id }, select: { name: true } });
    if (webhooks.length > 0) {
      const names = webhooks.map((webhook) => webhook.name).join(', ');
      throw new AppError('conflict', `Webhooks tell about this list only: ${names}.`, {
        hint: 'Remove them, or let them tell about all sites, first.',
      });
    }
    const rows = await tx.listSite.findMany({ where: { listId: id }, select: { siteId: true } });
    const siteIds = rows.map(({ siteId }) => siteId);
    await tx.list.delete({ where: { id } });
    return {
      value: { name, description, siteIds },
      audit: { subject: `list ${name}`, subjectId: id, detail: { sites: siteIds.length } },
    };
  });
