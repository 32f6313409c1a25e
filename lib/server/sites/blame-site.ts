import 'server-only';
import type { contract } from '#api/contract/index';
import { Prisma } from '../../generated/prisma/client';
import type { Handler } from '../door/route';
import { readRows } from '../platform/database/db';
import { notFound } from '../platform/errors/app-error';
import { inWorker } from './work/in-worker';

const { sql } = Prisma;

/** What is older is ascribed to the oldest of them. */
const mostRevisions = 500;
/** Of all their documents together, in characters of JSON. */
const mostText = 6_000_000;

/** For every field of the head: the revision that gave it its value, out of the newest ones. */
export const blameSite: Handler<typeof contract.sites.blame> = async ({ db, params, actor, team }) => {
  const site = await db.site.findFirst({ where: { id: params.id, archivedAt: null }, select: { id: true } });
  if (!site) throw notFound('site');
  const sizes = await readRows<{ number: number; size: number }>(
    team.id,
    sql`SELECT r."number", length(r."document") AS "size" FROM "SiteRevision" r WHERE r."siteId" = ${site.id} ORDER BY r."number" DESC LIMIT ${mostRevisions}`,
  );
  let text = 0;
  const near = sizes.filter(({ size }) => {
    text += Number(size);
    return text <= mostText;
  });
  const rows = await db.siteRevision.findMany({
    where: { siteId: site.id, number: { in: near.map(({ number }) => Number(number)) } },
    orderBy: { number: 'desc' },
    select: {
      number: true,
      message: true,
      createdAt: true,
      author: { select: { id: true, name: true, email: true } },
    },
  });
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  // As text: nobody reads them on the event loop.
  const revisions = await readRows<{ number: number; text: string }>(
    team.id,
    sql`SELECT r."number", CAST(r."document" AS TEXT) AS "text" FROM "SiteRevision" r WHERE r."siteId" = ${site.id} AND r."number" IN (${Prisma.join(rows.map(({ number }) => number))}) ORDER BY r."number" DESC`,
  );
  const { found, more } = await inWorker(actor.id, 'blameRevisions', revisions);
  return {
    items: found.flatMap((each) => {
      const row = byNumber.get(each.revision);
      return row
        ? [{ ...each, message: row.message, author: row.author, at: row.createdAt.toISOString() }]
        : [];
    }),
    more,
  };
};
