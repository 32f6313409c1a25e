import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { notFound } from '../../platform/errors/app-error';
import { findList } from './find-list';

export const revokeLink: Handler<typeof contract.lists.revokeLink> = ({ params, change }) =>
  change(async (tx) => {
    const list = await findList(tx, params.id);
    const link = await tx.listLink.findFirst({
      where: { id: params.link, listId: list.id, revokedAt: null },
      select: { id: true, prefix: true },
    });
    if (!link) throw notFound('link');
    await tx.listLink.updateMany({ where: { id: link.id }, data: { revokedAt: new Date() } });
    const subject = `link ${link.prefix}… to list ${list.name}`;
    return { value: undefined, audit: { subject, subjectId: list.id } };
  });
