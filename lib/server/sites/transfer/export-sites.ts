import 'server-only';
import type { contract } from '#api/contract/index';
import { ServerKind } from '#core/web-server/render-target';
import { Prisma } from '../../../generated/prisma/client';
import type { Handler } from '../../door/route';
import { type ReadDb, readRows } from '../../platform/database/db';
import { inBatches } from '../../platform/database/in-batches';
import { AppError, notFound } from '../../platform/errors/app-error';
import { findList } from '../lists/find-list';
import { inWorker } from '../work/in-worker';
import { wholeFile } from './site-text';

const { sql } = Prisma;

/** Of all documents together, in characters of JSON. */
const mostText = 50_000_000;
const sliceSize = 1_000_000;
const mostInSlice = 200;

const select = {
  id: true,
  name: true,
  head: true,
  targets: {
    where: { removing: false, target: { host: { archivedAt: null } } },
    select: { target: { select: { server: true, host: { select: { name: true } } } } },
  },
} as const satisfies Prisma.SiteSelect;

/** @throws AppError `not-found` for an id that is not a site of the team */
async function chosenSites(db: ReadDb, ids: string | undefined, listId: string | undefined) {
  const where = { archivedAt: null, ...(listId ? { lists: { some: { listId } } } : {}) };
  if (ids === undefined) return db.site.findMany({ where, select });
  const wanted = [...new Set(ids.split(','))];
  const rows = await inBatches(wanted, (slice) =>
    db.site.findMany({ where: { ...where, id: { in: slice } }, select }),
  );
  if (rows.length < wanted.length) throw notFound('site');
  return rows;
}

interface Sized {
  readonly id: string;
  readonly size: number;
}

/** Slices that are read and written one after the other. */
function slicesOf(sizes: readonly Sized[]): string[][] {
  const slices: string[][] = [];
  let room = 0;
  for (const { id, size } of sizes) {
    const last = slices.at(-1);
    if (last && last.length < mostInSlice && size <= room) last.push(id);
    else slices.push([id]);
    room = (last === slices.at(-1) ? room : sliceSize) - size;
  }
  return slices;
}

/** How long the head document of each is, in characters. */
const sizesOf = (teamId: string, rows: readonly { readonly id: string }[]) =>
  inBatches(rows, (slice) =>
    readRows<Sized>(
      teamId,
      sql`SELECT s."id", length(r."document") AS "size" FROM "Site" s JOIN "SiteRevision" r ON r."siteId" = s."id" AND r."number" = s."head"
        WHERE s."id" IN (${Prisma.join(slice.map(({ id }) => id))})`,
    ),
  );

/** The head documents of sites as they are stored: text that nobody reads on the event loop. */
const textsOf = (teamId: string, ids: readonly string[]) =>
  readRows<{ id: string; text: string }>(
    teamId,
    sql`SELECT s."id", CAST(r."document" AS TEXT) AS "text" FROM "Site" s JOIN "SiteRevision" r ON r."siteId" = s."id" AND r."number" = s."head"
      WHERE s."id" IN (${Prisma.join([...ids])})`,
  );

/** Who saved the head of each, when and with which words. */
async function commentsOf(db: ReadDb, rows: readonly { readonly id: string; readonly head: number }[]) {
  const heads = await inBatches(rows, (slice) =>
    db.siteRevision.findMany({
      where: { OR: slice.map(({ id, head }) => ({ siteId: id, number: head })) },
      select: {
        siteId: true,
        number: true,
        message: true,
        createdAt: true,
        author: { select: { name: true } },
      },
    }),
  );
  return new Map(
    heads.map((head) => {
      const day = head.createdAt.toISOString().slice(0, 10);
      const message = head.message === '' ? '' : `: ${head.message}`;
      return [head.siteId, `revision ${head.number}, ${day}, ${head.author?.name ?? 'somebody'}${message}`];
    }),
  );
}

/**
 * Sites as one file: their documents and where they run, by the hosts' names. Addresses of hosts, keys and other secrets are not part of
 * a site's document, so none can be in it.
 *
 * @throws AppError `too-large` for more than a browser could show
 */
export const exportSites: Handler<typeof contract.sites.export> = async ({ db, query, team, actor }) => {
  const { format } = query;
  const list = query.listId ? await findList(db, query.listId) : null;
  const rows = await chosenSites(db, query.ids, query.listId);
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  const sizes = new Map((await sizesOf(team.id, rows)).map(({ id, size }) => [id, Number(size)]));
  const whole = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (whole > mostText) {
    const message = `These sites are ${Math.ceil(whole / 1_000_000)} million characters, more than the ${mostText / 1_000_000} million of one file.`;
    throw new AppError('too-large', message, { hint: 'Export them by lists, or fewer at once.' });
  }
  const comments = await commentsOf(db, rows);
  const byId = new Map(rows.map((row) => [row.id, row]));
  const entries: string[] = [];
  for (const ids of slicesOf(rows.flatMap(({ id }) => ({ id, size: sizes.get(id) ?? 0 })))) {
    const texts = new Map((await textsOf(team.id, ids)).map(({ id, text }) => [id, text]));
    const sites = ids.flatMap((id) => {
      const text = texts.get(id);
      const targets = (byId.get(id)?.targets ?? []).map(({ target }) => ({
        host: target.host.name,
        server: ServerKind.parse(target.server),
      }));
      return text === undefined ? [] : [{ text, targets, comment: comments.get(id) ?? '' }];
    });
    entries.push(...(await inWorker(actor.id, 'writeEntries', { format, sites })));
  }
  const from = list ? `list ${list.name} of the team ${team.name}` : `team ${team.name}`;
  const headings = [
    `Sites of the ${from}, exported from Gatehouse.`,
    'What is not written here is as the CI server’s preset and the schema (gatehouse schema) say.',
  ];
  const base = (list?.name ?? team.slug)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return {
    format,
    fileName: `${base || 'gatehouse'}-sites.${format}`,
    sites: entries.length,
    text: wholeFile(format, headings, entries),
  };
};
