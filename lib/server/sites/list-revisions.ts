import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { cutPage, decodeCursor } from '../platform/database/page-cursor';
import { AppError, notFound } from '../platform/errors/app-error';
import { describeRevision, revisionInclude } from './describe-revision';

/** The revisions of a site, newest first. Documents are not read. */
export const listRevisions: Handler<typeof contract.sites.listRevisions> = async ({ db, params, query }) => {
  const site = await db.site.findFirst({ where: { id: params.id, archivedAt: null }, select: { id: true } });
  if (!site) throw notFound('site');
  const before = query.cursor ? Number(decodeCursor(query.cursor).key) : undefined;
  if (before !== undefined && !Number.isSafeInteger(before)) {
    throw new AppError('bad-request', 'This cursor is from another list.');
  }
  const [total, rows] = await Promise.all([
    db.siteRevision.count({ where: { siteId: site.id } }),
    db.siteRevision.findMany({
      where: { siteId: site.id, ...(before === undefined ? {} : { number: { lt: before } }) },
      omit: { document: true },
      include: revisionInclude,
      orderBy: { number: 'desc' },
      take: query.limit + 1,
    }),
  ]);
  const { items, next } = cutPage(rows, query.limit, ({ number }) => String(number));
  return { items: items.map(describeRevision), next, total };
};
