import 'server-only';
import type { contract } from '#api/contract/index';
import { blame } from '#core/site/blame';
import { notFound } from '../errors/app-error';
import type { Handler } from '../route';
import { storedDocument } from './stored-document';

/** What is older is ascribed to the oldest of them. */
const mostRevisions = 500;

/** For every field of the head: the revision that gave it its value, out of the newest ones. */
export const blameSite: Handler<typeof contract.sites.blame> = async ({ db, params }) => {
  const site = await db.site.findFirst({ where: { id: params.id, archivedAt: null }, select: { id: true } });
  if (!site) throw notFound('site');
  const rows = await db.siteRevision.findMany({
    where: { siteId: site.id },
    orderBy: { number: 'desc' },
    take: mostRevisions,
    include: { author: { select: { id: true, name: true, email: true } } },
  });
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const found = blame(rows.map(({ number, document }) => ({ number, document: storedDocument(document) })));
  return {
    items: found.flatMap((each) => {
      const row = byNumber.get(each.revision);
      return row
        ? [{ ...each, message: row.message, author: row.author, at: row.createdAt.toISOString() }]
        : [];
    }),
  };
};
